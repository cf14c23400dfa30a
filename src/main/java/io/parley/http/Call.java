package io.parley.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.Identity;
import io.parley.commands.Args;
import io.parley.edge.Remote;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * A request that has passed authentication and the contract.
 *
 * @param remote where it is from
 * @param identity present for every operation that the contract secures
 * @param fields path, query and body together, under their documented names; an owner may change
 *     them
 */
record Call(
    HttpServerRequest request, Remote remote, Optional<Identity> identity, ObjectNode fields) {

  /** Who asks, for a secured operation. */
  Identity caller() {
    return identity.orElseThrow(() -> new IllegalStateException("this operation is not secured"));
  }

  /** Where the request comes from, as far as this server can tell. */
  Optional<String> address() {
    return Optional.of(remote.address()).filter(address -> !address.isEmpty());
  }

  Args args() {
    return new Args(fields);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }
}
