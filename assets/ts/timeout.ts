// <kith-timeout data-seconds="1800"> with a <dialog> inside: opens it two minutes before the sign-in ends,
// closes it again when the person stays. Counting begins anew with each page. Without JavaScript the server
// ends the sign-in all the same and the next page says so.

const warn_before_ms = 120_000;

class KithTimeout extends HTMLElement {
  private warning = 0;
  private ending = 0;

  connectedCallback(): void {
    const dialog = this.querySelector("dialog");
    const form = this.querySelector("form");
    if (!dialog || !form) return;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.extend(form, dialog);
    });
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();  // Escape means "stay", as any key should
      void this.extend(form, dialog);
    });
    this.start(dialog);
  }

  disconnectedCallback(): void {
    clearTimeout(this.warning);
    clearTimeout(this.ending);
  }

  private start(dialog: HTMLDialogElement): void {
    this.disconnectedCallback();
    const whole = Number(this.dataset["seconds"] ?? "0") * 1000;
    if (whole <= 0) return;
    this.warning = window.setTimeout(() => dialog.showModal(), Math.max(0, whole - warn_before_ms));
    this.ending = window.setTimeout(() => location.replace(this.dataset["after"] ?? "/"), whole);
  }

  private async extend(form: HTMLFormElement, dialog: HTMLDialogElement): Promise<void> {
    const body = new URLSearchParams();
    new FormData(form).forEach((value, name) => body.append(name, String(value)));
    try {
      const answer = await fetch(form.action, {method: "POST", body, redirect: "manual"});
      if (!answer.ok && answer.type !== "opaqueredirect") return;
    } catch {
      return;  // still offline: the dialog stays and can be tried again
    }
    dialog.close();
    this.start(dialog);
  }
}

customElements.define("kith-timeout", KithTimeout);
