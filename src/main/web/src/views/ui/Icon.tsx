/** Those that point along the line are turned where lines run from right to left. */
const TURNING = new Set<string>(['back', 'next', 'exit', 'reply', 'forward']);

const SHAPES = {
  chats: 'M4 5h12v8H9l-4 3v-3H4z',
  compass: 'M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4zM12.8 7.2l-1.6 4-4 1.6 1.6-4z',
  people:
    'M7.5 10a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM2.8 16a4.8 4.8 0 0 1 9.4 0M13 4.8a2.6 2.6 0 0 1 0 5M14.5 12a4.6 4.6 0 0 1 2.7 4',
  plus: 'M10 4v12M4 10h12',
  search: 'M9 3.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 9 3.8zM13 13l3.6 3.6',
  back: 'M12 4.5 6.5 10l5.5 5.5',
  close: 'M5 5l10 10M15 5 5 15',
  send: 'M10 16V4.5M5 9.5l5-5 5 5',
  smile:
    'M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4zM7 11.6c1.5 2.3 4.5 2.3 6 0M7.6 8v.4M12.4 8v.4',
  down: 'M10 4.5V15M5.5 10.5 10 15l4.5-4.5',
  check: 'M4.5 10.5 8 14l7.500-8.500',
  checks: 'M2.500 10.800 6 14.200l7-8.400M9.800 13.200l1 1 7-8.400',
  unread:
    'M4 5h7.500M4 5v8h1v3l4-3h7V9.500M15.500 3.500a1.800 1.800 0 1 1 0 3.600 1.800 1.800 0 0 1 0-3.600z',
  at: 'M10 7a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM13 7v4.500a2 2 0 0 0 4 0V10a7 7 0 1 0-2.800 5.600',
  lock: 'M5.5 9.5h9v6.5h-9zM7.2 9.5V7a2.8 2.8 0 0 1 5.6 0v2.5',
  hash: 'M7.8 3.5 6.5 16.5M13.5 3.5l-1.3 13M4 7.5h12.5M3.5 12.5H16',
  exit: 'M8.5 4H4.5v12h4M8.5 10h8M13.5 7l3 3-3 3',
  clock: 'M10 3.8a6.2 6.2 0 1 1 0 12.4 6.2 6.2 0 0 1 0-12.4zM10 6.5V10l2.3 1.5',
  alert: 'M10 3.5 17 16H3zM10 8.5v3.5M10 14v.300',
  eye: 'M2.5 10c2-3.5 4.5-5 7.5-5s5.5 1.5 7.5 5c-2 3.5-4.5 5-7.5 5s-5.5-1.5-7.5-5zM10 7.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4z',
  pen: 'M4 16l.8-3.3 8.7-8.7 2.5 2.5-8.7 8.7zM11.5 6l2.5 2.5',
  trash: 'M4.5 6h11M8 6V4.200h4V6M6 6l.600 10h6.800L14 6M8.500 9v4M11.500 9v4',
  next: 'M8 4.5l5.5 5.5L8 15.5',
  device: 'M3.5 4.5h13v8.5h-13zM7.5 16h5M10 13v3',
  phone: 'M6.5 3h7v14h-7zM9.2 14.6h1.6',
  key: 'M7 9.8a3 3 0 1 0 0 .4zM7 10h9.5v3M13.5 10v2.2',
  mail: 'M3 5h14v10H3zM3 5.5l7 5.5 7-5.5',
  sun: 'M10 6.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4zM10 2.5v1.6M10 15.9v1.6M2.5 10h1.6M15.9 10h1.6M4.7 4.7l1.1 1.1M14.2 14.2l1.1 1.1M4.7 15.3l1.1-1.1M14.2 5.8l1.1-1.1',
  pin: 'M7.5 3.5h5l-.6 5 2.6 2.5v1H5.5v-1l2.6-2.5zM10 12v5',
  reply: 'M8 4.5 3.5 9 8 13.5M3.5 9H11a5.5 5.5 0 0 1 5.5 5.5v1',
  forward: 'M12 4.5 16.5 9 12 13.5M16.5 9H9a5.5 5.5 0 0 0-5.5 5.5v1',
  link: 'M8 12l4-4M9 6.500l1.500-1.500a3.200 3.200 0 0 1 4.500 4.500L13.500 11M11 13.500 9.500 15A3.200 3.200 0 0 1 5 10.500L6.500 9',
  more: 'M4 10a.7.7 0 1 0 1.4 0A.7.7 0 1 0 4 10zM9.3 10a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0zM14.6 10a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0z',
  block: 'M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4zM5 5l10 10',
  star: 'M10 3.2l2 4.3 4.700.600-3.500 3.200.900 4.700-4.100-2.300-4.100 2.300.900-4.700L3.300 8.100 8 7.500z',
  bell: 'M5.500 13.500c1-1 1-2.500 1-5a3.500 3.500 0 0 1 7 0c0 2.500 0 4 1 5zM8.700 15.800a1.500 1.500 0 0 0 2.600 0',
  quiet:
    'M5.500 13.500c1-1 1-2.500 1-5a3.500 3.500 0 0 1 7 0c0 2.500 0 4 1 5zM8.700 15.800a1.500 1.500 0 0 0 2.600 0M4 4l12 12',
  hide: 'M2.5 10c2-3.5 4.5-5 7.5-5s5.5 1.5 7.5 5c-2 3.5-4.5 5-7.5 5s-5.5-1.5-7.5-5zM4 4l12 12',
  person: 'M10 9.8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4.5 16.5a5.6 5.6 0 0 1 11 0',
} as const;

export type IconName = keyof typeof SHAPES;

/** One of the app's drawings; decoration, so that what it means must be said beside it. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      class="flex-none rtl:data-[turns]:-scale-x-100"
      data-turns={TURNING.has(name) ? '' : undefined}
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}
