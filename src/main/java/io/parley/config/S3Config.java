package io.parley.config;

/** The object store; ignored in embedded mode. */
public record S3Config(
    String endpoint,
    String publicUrl,
    String accessKey,
    Secret secretKey,
    String bucket,
    String region) {}
