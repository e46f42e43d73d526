// A form that has been sent is not sent again by a second tap. The page is restored when the person comes
// back to it.

const window_ms = 5000;
const sent = new WeakMap<HTMLFormElement, number>();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
  const before = sent.get(form);
  if (before !== undefined && event.timeStamp - before < window_ms) {
    event.preventDefault();
    return;
  }
  sent.set(form, event.timeStamp);
  event.submitter?.setAttribute("aria-disabled", "true");
});

addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll("button[aria-disabled=true]:not([disabled])"))
    button.removeAttribute("aria-disabled");
});
