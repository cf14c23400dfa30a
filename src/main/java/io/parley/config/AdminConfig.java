package io.parley.config;

/** Health and metrics, on a port of their own. */
public record AdminConfig(String host, @Range(max = 65535) int port) {}
