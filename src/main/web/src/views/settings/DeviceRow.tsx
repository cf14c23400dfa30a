import type { Device } from '../../client/protocol';
import { isolated, why, words } from '../../words';
import { deviceName, isHandheld } from '../../words/device';
import { exactly, when } from '../../words/times';
import { Icon } from '../ui/Icon';
import { useWork } from '../ui/useAsk';

interface Props {
  device: Device;
  onSignOut: () => Promise<void>;
}

/** One device that is signed in. */
export function DeviceRow({ device, onSignOut }: Props) {
  const { busy, failure, run } = useWork();
  const w = words().settings;
  const name = deviceName(device.device);
  const usedAt = Date.parse(device.usedAt);
  return (
    <li class="flex items-center gap-3 border-b border-line py-3">
      <span class="grid size-10 flex-none place-items-center rounded-md bg-side text-soft">
        <Icon name={isHandheld(device.device) ? 'phone' : 'device'} />
      </span>
      <div class="min-w-0 flex-1">
        <p class="truncate font-medium" title={device.device}>
          <bdi>{name}</bdi>
        </p>
        <p class="text-sm text-soft">
          {device.current ? (
            <span class="font-medium text-success">{w.thisDevice}</span>
          ) : (
            <time dateTime={device.usedAt} title={exactly(usedAt)}>
              {w.lastUsed(when(usedAt))}
            </time>
          )}
          {device.address !== '' && (
            <>
              {' · '}
              <bdi class="break-all">{device.address}</bdi>
            </>
          )}
        </p>
        {failure && (
          <p role="alert" class="text-sm text-danger">
            {why(failure)}
          </p>
        )}
      </div>
      {!device.current && (
        <button
          type="button"
          class="button button-plain"
          aria-label={w.signOutNamed(isolated(name))}
          aria-busy={busy}
          onClick={() => run(onSignOut)}
        >
          {w.signOutDevice}
        </button>
      )}
    </li>
  );
}
