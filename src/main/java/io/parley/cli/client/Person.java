package io.parley.cli.client;

/**
 * Somebody who has an account.
 *
 * @param user the account, by id
 * @param token an access token
 */
public record Person(String user, String username, String password, String token) {
  @Override
  public String toString() {
    return username;
  }
}
