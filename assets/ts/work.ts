// What staff and worker pages load; every page works without it.
import "./timeout";
import "./once";
import "./errors";
