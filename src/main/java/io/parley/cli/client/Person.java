package io.parley.cli.client;

/**
 * Somebody who has an account.
 *
 * @param user the account, by id
 * @param password empty for somebody who was made without one
 * @param token an access token
 * @param refreshToken what it is renewed with, once
 */
public record Person(
    String user, String username, String password, String token, String refreshToken) {
  @Override
  public String toString() {
    return username;
  }
}
