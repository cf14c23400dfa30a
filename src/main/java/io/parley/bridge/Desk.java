package io.parley.bridge;

import io.parley.accounts.Authenticator;
import io.parley.config.BridgeConfig;
import io.parley.config.EdgeConfig;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What every socket of one event loop works with.
 *
 * @param clock the time of day, for the ends of sessions
 * @param nanos monotonic time, for everything else
 */
record Desk(
    Turn turn,
    BridgeConfig config,
    EdgeConfig edge,
    Authenticator authenticator,
    Calls calls,
    Registrations registrations,
    Seats seats,
    Welcome welcome,
    Overload overload,
    Attendance attendance,
    BridgeMetrics metrics,
    Clock clock,
    LongSupplier nanos) {}
