import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';

/** What became of a question: under way, answered, or refused. */
export interface Asked<T> {
  answer: T | undefined;
  failure: Failure | undefined;
}

const TYPING_MS = 200;

/** Asks whenever the question changes, not for every key, and forgets answers to earlier questions. */
export function useAsk<T>(question: string, ask: (question: string) => Promise<T>): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ answer: undefined, failure: undefined });
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(
      () => {
        ask(question).then(
          (answer) => wanted && setAsked({ answer, failure: undefined }),
          (thrown: unknown) =>
            wanted && setAsked({ answer: undefined, failure: Failure.from(thrown) }),
        );
      },
      question === '' ? 0 : TYPING_MS,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [question]);
  return asked;
}

/** Something a button does. */
export interface Work {
  /** Whether it is being done. */
  busy: boolean;
  /** Why it could not be. */
  failure: Failure | undefined;
  /** When it may be tried again, where the server said so. */
  until: number | undefined;
  run: (work: () => Promise<unknown>) => void;
}

const IDLE = { busy: false, failure: undefined, until: undefined };

export function useWork(): Work {
  const [state, setState] = useState<Omit<Work, 'run'>>(IDLE);
  return {
    ...state,
    run(work) {
      setState({ ...IDLE, busy: true });
      work().then(
        () => setState(IDLE),
        (thrown: unknown) => {
          const failure = Failure.from(thrown);
          const wait = failure.retryAfterMs;
          const until = wait === undefined ? undefined : Date.now() + wait;
          setState({ busy: false, failure, until });
        },
      );
    },
  };
}
