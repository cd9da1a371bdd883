/** Where menus are drawn: over everything, and still in the part of the page that screen readers call its main one. */
export function floorOfMenus(): Element {
  return document.querySelector('main') ?? document.body;
}
