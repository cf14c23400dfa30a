import { describe, expect, it } from 'vitest';
import type { Contact } from '../src/client/people';
import type { RoomState } from '../src/state/room';
import { destinations, ranked } from '../src/state/switching';
import { freshRoom } from './entries';

const at = (name: string, more: Partial<RoomState> = {}): RoomState => ({
  ...freshRoom(),
  id: name,
  name,
  ...more,
});
const NEW = { waiting: 3, waitingTo: 9 };
const contact = (id: string, name: string, contactName?: string): Contact => ({
  id,
  name,
  username: `${id}.x`,
  addedAt: '',
  ...(contactName === undefined ? {} : { contactName }),
});
const names = (rooms: RoomState[], query: string, contacts: Contact[] = [], here?: string) =>
  ranked(destinations(rooms, contacts), query, here).map(({ name }) => name);

describe('going from room to room', () => {
  it('begins with what is new, mentions first, and ends where one is', () => {
    const rooms = [
      at('here'),
      at('quiet'),
      at('new', NEW),
      at('calling', { ...NEW, mentions: 1 }),
      at('left', { role: undefined }),
    ];
    expect(names(rooms, '', [contact('u1', 'Ann')], 'here')).toEqual([
      'calling',
      'new',
      'quiet',
      'here',
    ]);
  });

  it('finds what begins so before what only contains it, without accents', () => {
    const rooms = [at('instead'), at('The Tea'), at('Tea room'), at('Téa'), at('Coffee')];
    expect(names(rooms, 'tea')).toEqual(['Téa', 'Tea room', 'The Tea', 'instead']);
    expect(names(rooms, ' TÉA R')).toEqual(['Tea room']);
    expect(names(rooms, 'milk')).toEqual([]);
  });

  it('prefers what is new among equals', () => {
    expect(names([at('Tea one'), at('Tea two', NEW)], 'tea')).toEqual(['Tea two', 'Tea one']);
  });

  it('finds people by what they and others call them, once each', () => {
    const rooms = [at('Élodie', { type: 'direct', peer: 'u1' })];
    const contacts = [contact('u1', 'Élodie', 'Boss'), contact('u2', 'Ben Ash', 'Uncle')];
    expect(names(rooms, 'elo', contacts)).toEqual(['Élodie']);
    expect(names(rooms, 'boss', contacts)).toEqual(['Élodie']);
    expect(names(rooms, 'ash', contacts)).toEqual(['Uncle']);
    expect(names(rooms, 'uncle', contacts)).toEqual(['Uncle']);
    expect(names(rooms, '', contacts)).toEqual(['Élodie']);
  });

  it('does not list hundreds', () => {
    const rooms = Array.from({ length: 200 }, (_, index) => at(`room ${index}`));
    expect(names(rooms, '')).toHaveLength(30);
  });
});
