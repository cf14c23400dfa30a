package io.parley.config;

/** Redis; ignored in embedded mode. */
public record RedisConfig(String host, @Range(max = 65535) int port, Secret password) {}
