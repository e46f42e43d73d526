// <kith-exit> around the link to /exit: Shift three times within two seconds, or the link, blanks the page at
// once and replaces it, so that Back does not return here. Without JavaScript the link alone works.

const presses_needed = 3;
const press_window_ms = 2000;

class KithExit extends HTMLElement {
  private presses: number[] = [];
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Shift" || event.repeat) {
      if (event.key !== "Shift") this.presses = [];
      return;
    }
    const now = event.timeStamp;
    this.presses = this.presses.filter((at) => now - at < press_window_ms);
    this.presses.push(now);
    if (this.presses.length >= presses_needed) this.leave();
  };

  connectedCallback(): void {
    document.addEventListener("keydown", this.onKey);
    this.addEventListener("click", (event) => {
      if (!(event.target instanceof Element) || !event.target.closest("a")) return;
      event.preventDefault();
      this.leave();
    });
    // A page brought back by the Back button after leaving must show nothing.
    addEventListener("pageshow", (event) => {
      if (event.persisted && document.documentElement.hasAttribute("data-left")) this.leave();
    });
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
  }

  private leave(): void {
    const address = this.querySelector("a")?.href ?? "/exit";
    document.documentElement.setAttribute("data-left", "");
    document.title = "";
    document.body.replaceChildren();  // blank in this very frame; the style sheet covers the rest
    location.replace(address);
  }
}

customElements.define("kith-exit", KithExit);
