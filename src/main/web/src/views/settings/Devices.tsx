import { useEffect, useRef, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import type { Device } from '../../client/protocol';
import { isolated, why, words } from '../../words';
import { deviceName } from '../../words/device';
import { useHome } from '../context';
import { PageNote, PageSkeletons } from '../pages/Page';
import { useWork } from '../ui/useAsk';
import { DeviceRow } from './DeviceRow';
import { SignOutEverywhere } from './SignOutEverywhere';

/** Where one is signed in, and how to be so no more. */
export function Devices() {
  const home = useHome();
  const [devices, setDevices] = useState<readonly Device[]>();
  const [failure, setFailure] = useState<Failure>();
  const [said, setSaid] = useState('');
  const others = useWork();
  const list = useRef<HTMLUListElement>(null);
  const w = words().settings;

  const load = async () => {
    setDevices(await home.devices());
    setFailure(undefined);
  };
  const open = home.connection.value.is === 'open';
  useEffect(() => {
    if (open) load().catch((thrown: unknown) => setFailure(Failure.from(thrown)));
  }, [open]);

  const signOut = async (device: Device) => {
    await home.signOutDevice(device.id);
    setDevices((all) => all?.filter(({ id }) => id !== device.id));
    setSaid(w.signedOutNamed(isolated(deviceName(device.device))));
    list.current?.focus();
  };
  const signOutOthers = async () => {
    const count = await home.signOutOthers();
    setSaid(w.signedOutOthers(count));
    await load();
  };

  return (
    <>
      <p class="mt-1 mb-4 text-soft">{w.devicesLead}</p>
      {failure && !devices && <PageNote>{why(failure)}</PageNote>}
      {!devices && !failure && <PageSkeletons />}
      <ul ref={list} tabIndex={-1} aria-label={w.devices} class="outline-none">
        {devices?.map((device) => (
          <DeviceRow key={device.id} device={device} onSignOut={() => signOut(device)} />
        ))}
      </ul>
      <p role="status" class="min-h-6 pt-3 text-sm text-soft">
        {said}
      </p>
      {others.failure && (
        <p role="alert" class="text-sm text-danger">
          {why(others.failure)}
        </p>
      )}
      {devices && (
        <div class="mt-3 flex flex-wrap gap-2">
          {devices.length > 1 && (
            <button
              type="button"
              class="button button-plain"
              aria-busy={others.busy}
              onClick={() => others.run(signOutOthers)}
            >
              {w.signOutOthers}
            </button>
          )}
          <SignOutEverywhere />
        </div>
      )}
    </>
  );
}
