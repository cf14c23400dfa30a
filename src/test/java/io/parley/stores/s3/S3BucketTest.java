package io.parley.stores.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.fixtures.Await;
import io.parley.fixtures.TestS3;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3BucketTest {
  private final Vertx vertx = Vertx.vertx();
  @TempDir Path folder;
  private TestS3 s3;
  private S3Bucket bucket;

  @BeforeEach
  void start() throws Exception {
    s3 = new TestS3(folder);
    bucket = new S3Bucket(vertx, s3.config());
  }

  @AfterEach
  void stop() throws Exception {
    bucket.close();
    s3.stop();
    Await.of(vertx.close());
  }

  @Test
  void theBucketIsMadeOnceAndThenThere() {
    assertThat(Await.failure(bucket.check()).detail())
        .isEqualTo("there is no bucket '" + s3.config().bucket() + "'");
    Await.of(Future.all(bucket.create(), bucket.create(), bucket.create()));
    Await.of(bucket.check());
    Await.of(bucket.create());
  }

  @Test
  void aStoreThatDoesNotKnowUsIsToldInWords() {
    try (S3Bucket stranger = new S3Bucket(vertx, s3.config("wrong"))) {
      assertThat(Await.failure(stranger.check()).detail())
          .startsWith("the object store is not available: ")
          .doesNotContain("wrong");
    }
  }

  @Test
  void aStoreThatIsGoneIsToldAndFoundAgain() throws Exception {
    assumeTrue(TestS3.ours(), "a server elsewhere is not stopped");
    Await.of(bucket.create());
    s3.stop();
    assertThat(Await.failure(bucket.check()).detail())
        .startsWith("the object store is not available: ");
    s3.start();
    Await.of(bucket.check());
  }
}
