package io.parley.accounts;

import io.parley.bus.Contract;
import io.parley.bus.Endpoint;

/** How often people may take along everything that is known of them, since it is much work. */
public interface ExportsApi {

  /**
   * Lets somebody begin: one at a time, and a few an hour, on whichever node. Fails RATE_LIMITED
   * with the time to wait.
   */
  Endpoint<BeginExport, ExportBegun> BEGIN =
      new Endpoint<>("exports.begin", BeginExport.class, ExportBegun.class);

  /** It has come to an end, whichever. One that is never told ends by itself after a while. */
  Endpoint<EndExport, ExportEnded> END =
      new Endpoint<>("exports.end", EndExport.class, ExportEnded.class);

  Contract CONTRACT = Contract.of(ExportsApi.class);

  record BeginExport(UserId user) {}

  record ExportBegun() {}

  record EndExport(UserId user) {}

  record ExportEnded() {}
}
