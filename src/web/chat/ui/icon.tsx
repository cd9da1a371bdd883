/** The drawings of the page: strokes on a square of 24. */
const paths = {
  add: 'M12 5v14M5 12h14',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  bell: 'M6 15V11a6 6 0 0112 0v4l1.5 2h-15zM10 20h4',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2.5 12.5L7 17l9-9.5M12 16.5l.5.5L22 7.5',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  clock: 'M12 7v5l3 2M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17z',
  down: 'M12 5v14M6 13l6 6 6-6',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  gear: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5',
  info: 'M12 11v6M12 7.5v.1M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17z',
  leave: 'M10.5 4H5v16h5.5M15 8l4 4-4 4M19 12H9.5',
  more: 'M5.5 12h.1M12 12h.1M18.5 12h.1',
  mute: 'M6 15V11a6 6 0 019-5.2M18 11v4l1.5 2H9M10 20h4M4 4l16 16',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 9v.1',
  people:
    'M9 11.5a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 19.5c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5M16 5a3.5 3.5 0 010 6.5M18 14.5c2 .7 3.2 2.5 3.5 5',
  reply: 'M10 6l-6 6 6 6M4 12h9c4 0 7 2 7 6',
  search: 'M11 4.5a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM16 16l4.5 4.5',
  send: 'M4.5 12L20 4.5 15 20l-3.5-6.5zM11.5 13.5L20 4.5',
  shield: 'M12 3.5l7 2.5v5.5c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6zM12 8v4.5M12 15.5v.1',
  smile: 'M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM8.5 14c.8 1.3 2 2 3.5 2s2.7-.7 3.5-2M9 9.5v.1M15 9.5v.1',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13',
  unlist: 'M4 6h16M4 12h8M4 18h8M15.5 13l5 5M20.5 13l-5 5',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17v.1',
  chat: 'M4 5h16v11H11l-4.5 4v-4H4z',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      data-name={name}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
