package io.parley.config;

import java.util.List;

/**
 * The REST edge.
 *
 * @param origins what browsers may call from, besides our own
 * @param publicUrl how the outside reaches this server, for links and cookies; empty: as the
 *     request says
 */
public record HttpConfig(
    String host,
    @Range(max = 65535) int port,
    String publicUrl,
    List<String> origins,
    ByteSize maxBody,
    ByteSize maxHeaders) {}
