package io.parley.stores.embedded;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;

/**
 * S3 over files. It lives inside one of the processes that use the data directory; when that one
 * goes, another takes over at the same port.
 */
final class S3Server {
  static final String KEY = "s3";

  private static final int PORT = 17_434;
  private static final int THREADS = 32;
  private static final int CONNECT_MS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DataDirectory data;
  private final DataLock lock;
  private final StoresState state;
  private final Secrets secrets;
  private final String bucket;
  private @Nullable FileLock ownership;
  private @Nullable S3Proxy proxy;

  S3Server(DataDirectory data, DataLock lock, StoresState state, Secrets secrets, String bucket) {
    this.data = data;
    this.lock = lock;
    this.state = state;
    this.secrets = secrets;
    this.bucket = bucket;
  }

  /** Runs it here, or waits until it runs elsewhere. Returns its port. */
  int ensure(boolean shared) throws IOException {
    Path directory = data.s3();
    DataDirectory.makePrivate(directory.resolve(bucket));
    boolean there =
        Patience.until(
            PATIENCE, () -> takeOver(shared) || port().filter(S3Server::answers).isPresent());
    return port()
        .filter(port -> there)
        .orElseThrow(
            () -> new StoresException("S3 does not start; another process holds " + data.root()));
  }

  /** Becomes the process where S3 lives, if there is none. Returns whether it lives here. */
  synchronized boolean takeOver(boolean shared) {
    if (proxy != null) {
      return true;
    }
    if (ownership == null) {
      ownership = lock.tryTake(DataLock.Place.S3).orElse(null);
    }
    if (ownership == null) {
      return false;
    }
    int wanted = port().orElseGet(() -> Loopback.port(PORT, data.root()));
    int port = shared ? wanted : FreePort.from(Loopback.HOST, wanted);
    if (!FreePort.isFree(Loopback.HOST, port)) {
      return false;
    }
    start(port);
    return true;
  }

  synchronized void stop() {
    try {
      if (proxy != null) {
        proxy.stop();
      }
    } catch (Exception e) {
      throw new StoresException("S3 does not stop: " + e.getMessage(), e);
    } finally {
      proxy = null;
      if (ownership != null) {
        DataLock.release(ownership);
        ownership = null;
      }
    }
  }

  /** Browsers upload straight to it; a presigned URL is the permission, so any origin may. */
  private void start(int port) {
    try {
      S3Proxy started =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(data.s3().toString()))
              .endpoint(URI.create("http://" + Loopback.HOST + ":" + port))
              .awsAuthentication(
                  AuthenticationType.AWS_V4, secrets.s3AccessKey(), secrets.s3SecretKey().value())
              .corsRules(
                  new CrossOriginResourceSharing(
                      List.of("*"),
                      List.of("GET", "HEAD", "PUT", "POST"),
                      List.of("*"),
                      List.of("ETag"),
                      "false"))
              .jettyMaxThreads(THREADS)
              .ignoreUnknownHeaders(true)
              .build();
      started.start();
      proxy = started;
      state.put(KEY, port, ProcessHandle.current());
    } catch (Exception e) {
      throw new StoresException("S3 does not start on port " + port + ": " + e.getMessage(), e);
    }
  }

  private Optional<Integer> port() {
    return state.server(KEY).map(StoresState.ServerState::port);
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(Loopback.at(port), CONNECT_MS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
