package io.parley.cli.load;

import io.parley.cli.client.Person;

/**
 * Somebody who takes part.
 *
 * @param index from 0
 * @param room where they are
 */
record Member(int index, Person person, String room) {}
