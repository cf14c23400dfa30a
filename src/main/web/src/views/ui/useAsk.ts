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

/** Something a button does: whether it is being done, and why it could not be. */
export function useWork(): {
  busy: boolean;
  failure: Failure | undefined;
  run: (work: () => Promise<unknown>) => void;
} {
  const [state, setState] = useState<{ busy: boolean; failure: Failure | undefined }>({
    busy: false,
    failure: undefined,
  });
  return {
    ...state,
    run(work) {
      setState({ busy: true, failure: undefined });
      work().then(
        () => setState({ busy: false, failure: undefined }),
        (thrown: unknown) => setState({ busy: false, failure: Failure.from(thrown) }),
      );
    },
  };
}
