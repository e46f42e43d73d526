// Brings the summary of errors, or the note of what happened, into focus when a page opens with one.

for (
    const part of document.querySelectorAll<HTMLElement>(
        '[data-module="govuk-error-summary"]:not([data-disable-auto-focus="true"]), ' +
        '.govuk-notification-banner[role="alert"]')) {
  part.tabIndex = -1;
  part.focus();
  part.addEventListener("blur", () => part.removeAttribute("tabindex"), {once: true});
  break;
}
