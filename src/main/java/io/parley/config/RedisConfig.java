package io.parley.config;

/** Redis; ignored in embedded mode. */
public record RedisConfig(String host, int port, Secret password) {}
