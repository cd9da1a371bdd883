/** The part of the viewer's ready-made bundle that is used. */
declare module 'redoc/bundles/redoc.standalone.js' {
  /** @param address of the OpenAPI document */
  export function init(address: string, options: Readonly<Record<string, unknown>>, element: HTMLElement): void;
}
