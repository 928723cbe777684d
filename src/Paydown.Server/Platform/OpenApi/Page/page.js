"use strict";

// Swagger UI, with its tokens kept over a reload and its gaps in accessibility closed.

// The tokens live in sessionStorage: they survive a reload, and the browser drops them with the tab. Swagger UI's own
// persistAuthorization keeps them in localStorage, where the next user of the computer finds them. Scripts of this
// origin can read both stores; the page's Content-Security-Policy allows no others.
const storageKey = "paydown.authorized";

const keepTokens = () => {
  const save = (original, system) => (payload) => {
    original(payload);
    sessionStorage.setItem(storageKey, JSON.stringify(system.authSelectors.authorized()));
  };
  return { statePlugins: { auth: { wrapActions: { authorize: save, logout: save } } } };
};

const restoreTokens = () => {
  const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? "{}");
  if (Object.keys(stored).length > 0) ui.authActions.authorize(stored);
};

const replaceComponents = ({ React: { createElement: element, Fragment } }) => ({
  wrapComponents: {
    // A heading between the page's and those of the groups.
    operations: (Original) => (props) =>
      element(Fragment, null, element("h2", { className: "page-calls" }, "Calls"), element(Original, props)),
    // No links inside the buttons that open groups and calls. The address bar has the link of an open call.
    DeepLink: () => (props) => element("span", null, props.text),
    // The page always calls the server that it comes from.
    ServersContainer: () => () => null,
    // The page is for calls. docs/events.md has what the server sends.
    Webhooks: () => () => null,
  },
});

const name = (text) => (element) => element.setAttribute("aria-label", text);
const region = (role, text) => (element) => {
  element.setAttribute("role", role);
  name(text)(element);
};

// Names, roles and focus for screen readers and keyboards, by selector.
const repairs = [
  [".information-container", region("banner", "About the API")],
  [".scheme-container", region("region", "Sign-in")],
  [".dialog-ux .modal-ux", region("dialog", "Sign-in")],
  [".modal-ux h3", (element) => element.setAttribute("aria-level", "2")],
  [".modal-ux h4", (element) => element.setAttribute("aria-level", "3")],
  [".modal-ux h6", (element) => element.setAttribute("aria-level", "4")],
  [".close-modal", name("Close")],
  [".modal-ux .modal-btn[aria-label]", (element) => element.removeAttribute("aria-label")],
  [".body-param__text", name("Request body")],
  [".examples-select-element", name("Example")],
  ["select.content-type", name("Media type")],
  ["tr[data-param-name] select", (element) => name(element.closest("tr").dataset.paramName)(element)],
  ["table.responses-table[role=region]", (element) => element.removeAttribute("role")],
  ["pre.microlight, .model-box", (element) => (element.tabIndex = 0)],
];

const repair = () => {
  for (const [selector, apply] of repairs)
    for (const element of document.querySelectorAll(selector)) apply(element);
};

new MutationObserver(repair).observe(document.getElementById("page"), { childList: true, subtree: true });

const ui = SwaggerUIBundle({
  url: "/openapi/v1.json",
  dom_id: "#page",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  docExpansion: "none",
  onComplete: restoreTokens,
  plugins: [keepTokens, replaceComponents],
  presets: [SwaggerUIBundle.presets.apis],
  syntaxHighlight: { theme: "obsidian" },
  tryItOutEnabled: true,
  validatorUrl: null,
});
