package io.parley.cli;

import io.parley.config.RedisConfig;
import io.parley.tls.Trust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A plain way to Redis for a single question. */
final class RedisSocket {
  private RedisSocket() {}

  /** Connects, over TLS if so configured. Fails INVALID when the authority cannot be read. */
  // Closing the socket around it closes the inner one.
  @SuppressWarnings("resource")
  static Socket open(RedisConfig config, Duration patience) throws IOException {
    Socket socket = new Socket();
    int millis = (int) patience.toMillis();
    socket.connect(new InetSocketAddress(config.host(), config.port()), millis);
    socket.setSoTimeout(millis);
    if (!config.tls()) {
      return socket;
    }
    SSLSocket secure =
        (SSLSocket)
            Trust.of("redis.authority", config.authority())
                .context()
                .getSocketFactory()
                .createSocket(socket, config.host(), config.port(), true);
    SSLParameters verified = secure.getSSLParameters();
    verified.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(verified);
    secure.startHandshake();
    return secure;
  }
}
