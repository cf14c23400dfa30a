package io.parley.config;

/**
 * The object store; ignored in embedded mode.
 *
 * @param authority of an https endpoint: a PEM file with those whose certificates are trusted;
 *     empty: those of the machine
 */
public record S3Config(
    String endpoint,
    String publicUrl,
    String accessKey,
    Secret secretKey,
    String bucket,
    String region,
    String authority) {

  /** Trusting the authorities of the machine. */
  public S3Config(
      String endpoint,
      String publicUrl,
      String accessKey,
      Secret secretKey,
      String bucket,
      String region) {
    this(endpoint, publicUrl, accessKey, secretKey, bucket, region, "");
  }
}
