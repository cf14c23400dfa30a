package io.parley.abuse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.SessionId;
import io.parley.accounts.UserId;
import io.parley.fixtures.SocketClient;
import io.parley.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What can be tried with access tokens, over REST and by sockets. */
final class TokenRows {
  private static final String REFUSED = "401, 4010";
  private static final String HEADER = "{\"typ\":\"JWT\",\"alg\":\"HS256\"}";

  private TokenRows() {}

  static Stream<Row> all() {
    Stream<Row> algorithms =
        Stream.of("none", "None", "nOnE", "HS512")
            .map(name -> row("J1", "alg " + name, scene -> unsigned(scene, name)));
    Stream<Row> changed = Stream.of(0, 1, 2).map(TokenRows::flipped);
    return Stream.of(algorithms, changed, others(), claims(), rotated()).flatMap(rows -> rows);
  }

  private static Stream<Row> others() {
    return Stream.of(
        row("J1", "no signature", scene -> cut(scene) + "."),
        row("J3", "the signature of another", scene -> cut(scene) + end(scene.bob.token())),
        row("J3", "one part more", scene -> scene.ann.token() + "."),
        row(
            "J3",
            "another secret",
            s -> claims(s, "another secret of thirty-two letters", c -> {})),
        row("J8", "a refresh token", scene -> "prt_" + "A".repeat(43)),
        new Row("J8", "an access token to refresh with", "401", TokenRows::wrongWay),
        new Row("J15", "a token in the address", "401, 400, in no log", TokenRows::inAddress),
        new Row("J16", "a header of 100 kB", "431", scene -> large(scene, 100_000)));
  }

  private static Stream<Row> claims() {
    long later = Instant.now().plusSeconds(600).getEpochSecond();
    return Stream.of(
        claim("J5", "nbf in ten minutes", claims -> claims.put("nbf", later)),
        claim("J5", "iat in ten minutes", claims -> claims.put("iat", later)),
        claim("J6", "another iss", claims -> claims.put("iss", "another")),
        claim("J6", "another aud", claims -> claims.put("aud", "another")),
        claim("J6", "several aud without ours", claims -> claims.putArray("aud").add("another")),
        claim("J6", "no sub", claims -> claims.remove("sub")),
        claim("J6", "no sid", claims -> claims.remove("sid")),
        claim("J8", "another typ", claims -> claims.put("typ", "refresh")));
  }

  private static Stream<Row> rotated() {
    return Stream.of(
        new Row("J17", "signed with the secret before", "200, served", s -> by(s, Scene.PREVIOUS)),
        new Row("J17", "signed with one before that", REFUSED, s -> by(s, Scene.RETIRED)));
  }

  private interface Forging {
    String token(Scene scene) throws GeneralSecurityException;
  }

  private static Row row(String id, String what, Forging forging) {
    return new Row(id, what, REFUSED, scene -> tried(scene, forging.token(scene)));
  }

  private static Row claim(String id, String what, Consumer<ObjectNode> change) {
    return row(id, what, scene -> claims(scene, Scene.SECRET, change));
  }

  private static Row flipped(int part) {
    return row("J3", "a bit of part " + (part + 1), scene -> flip(scene.ann.token(), part));
  }

  /** What REST and sockets make of a token. */
  private static String tried(Scene scene, String token) throws IOException, InterruptedException {
    int rest =
        Device.send(scene, "GET", "/api/auth/check", "", "Authorization", "Bearer " + token)
            .statusCode();
    try (SocketClient socket = SocketClient.connect(scene.vertx, scene.port())) {
      return rest + ", " + Scene.outcome(socket.send("session.open", Map.of("token", token)));
    }
  }

  private static String flip(String token, int part) {
    String[] parts = token.split("\\.", -1);
    char[] letters = parts[part].toCharArray();
    letters[letters.length / 2] = letters[letters.length / 2] == 'A' ? 'B' : 'A';
    parts[part] = new String(letters);
    return String.join(".", parts);
  }

  private static String unsigned(Scene scene, String algorithm) {
    String header = encoded("{\"typ\":\"JWT\",\"alg\":\"" + algorithm + "\"}");
    return header + "." + scene.ann.token().split("\\.", -1)[1] + ".";
  }

  private static String cut(Scene scene) {
    return scene.ann.token().substring(0, scene.ann.token().lastIndexOf('.'));
  }

  private static String end(String token) {
    return token.substring(token.lastIndexOf('.'));
  }

  /** Ann's token with other claims, signed with a secret. */
  private static String claims(Scene scene, String secret, Consumer<ObjectNode> change)
      throws GeneralSecurityException {
    ObjectNode claims =
        Json.object(Base64.getUrlDecoder().decode(scene.ann.token().split("\\.", -1)[1]));
    change.accept(claims);
    String content = encoded(HEADER) + "." + encoded(Json.write(claims));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String by(Scene scene, String secret) throws IOException, InterruptedException {
    Device device = Device.signUp(scene);
    Instant now = Instant.now();
    String token =
        scene
            .tokens(secret)
            .issue(
                new UserId(UUID.fromString(device.user())),
                new SessionId(UUID.fromString(device.session())),
                now,
                now.plusSeconds(60));
    return tried(scene, token);
  }

  private static String wrongWay(Scene scene) throws IOException, InterruptedException {
    return String.valueOf(Device.refresh(scene, scene.ann.token()).statusCode());
  }

  private static String inAddress(Scene scene) throws IOException, InterruptedException {
    String token = Device.signUp(scene).token();
    String query = "?access_token=" + token + "&token=" + token;
    int rest = Device.send(scene, "GET", "/api/auth/check" + query, "").statusCode();
    String socket =
        RawHttp.status(scene.port(), "GET /eventbus/websocket" + query, RawHttp.UPGRADE, "");
    List<String> told = scene.node.output().stream().filter(line -> line.contains(token)).toList();
    return rest + ", " + socket + (told.isEmpty() ? ", in no log" : ", in the log");
  }

  private static String large(Scene scene, int length) throws IOException {
    return RawHttp.status(
        scene.node.httpPort(),
        "GET /api/auth/check",
        List.of("Authorization: Bearer " + "x".repeat(length)),
        "");
  }
}
