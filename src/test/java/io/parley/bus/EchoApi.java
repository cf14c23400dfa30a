package io.parley.bus;

import java.util.List;

/** A contract for tests. */
interface EchoApi {
  Endpoint<Say, Said> SAY = new Endpoint<>("echo.say", Say.class, Said.class);

  Topic<Said> HEARD = new Topic<>("echo.heard", Said.class);

  Contract CONTRACT = Contract.of(EchoApi.class);

  record Say(String text) {}

  record Said(String text, List<Integer> numbers) {}
}
