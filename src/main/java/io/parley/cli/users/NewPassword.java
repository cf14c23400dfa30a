package io.parley.cli.users;

import io.parley.accounts.Password;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A password that somebody types, or that a program writes; never one among the arguments. */
final class NewPassword {
  private NewPassword() {}

  /** The first line of the standard input. */
  static Password fromInput() {
    try {
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = input.readLine();
      if (line == null || line.isEmpty()) {
        throw Failure.of(Reason.INVALID, "a password is expected on the standard input");
      }
      return new Password(line);
    } catch (IOException e) {
      throw Failure.of(Reason.INVALID, "the standard input cannot be read: " + e.getMessage());
    }
  }

  /** Typed twice at the terminal, unseen. */
  @SuppressWarnings("SystemConsoleNull") // later JDKs read from what is there instead, and say so
  static Password typed() {
    Console console = System.console();
    if (console == null) {
      throw Failure.of(
          Reason.INVALID, "there is no terminal to type a password at; use --password-stdin");
    }
    char[] one = console.readPassword("Password: ");
    char[] other = console.readPassword("Once more: ");
    if (one == null || !Arrays.equals(one, other)) {
      throw Failure.of(Reason.INVALID, "the two are not the same");
    }
    return new Password(new String(one));
  }
}
