// What person pages load: about two kilobytes, and every page works without it.
import "./exit";
import "./timeout";
import "./once";
import "./errors";
