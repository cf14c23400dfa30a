package io.parley.stores.s3;

import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.errors.ErrorResponseException;
import io.parley.config.S3Config;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.tls.Trust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import okhttp3.OkHttpClient;

/** The bucket of this server: made when it is missing, and asked whether it is there. */
public final class S3Bucket implements AutoCloseable {
  private static final String AUTHORITY = "s3.authority";
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration CALL = Duration.ofSeconds(5);
  private static final Set<String> MADE_BY_ANOTHER =
      Set.of("BucketAlreadyOwnedByYou", "BucketAlreadyExists");

  private final Vertx vertx;
  private final S3Config config;
  private final OkHttpClient http;
  private final MinioAsyncClient client;

  public S3Bucket(Vertx vertx, S3Config config) {
    this.vertx = vertx;
    this.config = config;
    Trust trust = Trust.of(AUTHORITY, config.authority());
    this.http =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT)
            .callTimeout(CALL)
            .sslSocketFactory(trust.context().getSocketFactory(), trust.manager())
            .build();
    this.client =
        MinioAsyncClient.builder()
            .endpoint(config.endpoint())
            .credentials(config.accessKey(), config.secretKey().value())
            .region(config.region())
            .httpClient(http)
            .build();
  }

  /** Makes the bucket unless it is there; several nodes may do so at once. Fails UNAVAILABLE. */
  public Future<Void> create() {
    return exists()
        .compose(there -> there ? Future.succeededFuture() : make())
        .recover(cause -> Future.failedFuture(unavailable(cause)));
  }

  /**
   * Whether media can be kept: the store answers, knows us, and has the bucket. Fails with why not.
   */
  public Future<Void> check() {
    return exists()
        .recover(cause -> Future.failedFuture(unavailable(cause)))
        .compose(
            there ->
                there
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        Failure.of(
                            Reason.UNAVAILABLE, "there is no bucket '" + config.bucket() + "'")));
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private Future<Boolean> exists() {
    return future(client.bucketExists(BucketExistsArgs.builder().bucket(config.bucket()).build()));
  }

  private Future<Void> make() {
    return future(client.makeBucket(MakeBucketArgs.builder().bucket(config.bucket()).build()))
        .<Void>mapEmpty()
        .recover(
            cause ->
                root(cause) instanceof ErrorResponseException answer
                        && MADE_BY_ANOTHER.contains(answer.errorResponse().code())
                    ? Future.succeededFuture()
                    : Future.failedFuture(cause));
  }

  private <T> Future<T> future(CompletableFuture<T> call) {
    return Future.fromCompletionStage(call, vertx.getOrCreateContext());
  }

  private static Failure unavailable(Throwable cause) {
    Throwable root = root(cause);
    String why =
        root instanceof ErrorResponseException answer
            ? answer.errorResponse().code()
            : Trust.doubt(root, AUTHORITY).orElse(String.valueOf(root.getMessage()));
    return Failure.of(Reason.UNAVAILABLE, "the object store is not available: " + why);
  }

  /** The client wraps what happened once or twice. */
  private static Throwable root(Throwable cause) {
    Throwable inner = cause.getCause();
    boolean wrapper = cause instanceof CompletionException || cause instanceof ExecutionException;
    return wrapper && inner != null ? root(inner) : cause;
  }
}
