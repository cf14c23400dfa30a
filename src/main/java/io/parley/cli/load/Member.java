package io.parley.cli.load;

/**
 * Somebody who takes part.
 *
 * @param token an access token
 * @param room where they talk
 */
record Member(String token, String room) {}
