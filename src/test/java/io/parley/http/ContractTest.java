package io.parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parley.accounts.Right;
import io.parley.commands.Commands;
import io.parley.limits.Rates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Response;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That openapi.yaml says what the server does, and the other way round. */
class ContractTest {
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("register", "{\"email\":\"ada@example.org\",\"password\":\"secret\"}"),
          Map.entry("login", "{\"email\":\"ada@example.org\",\"password\":\"secret\"}"),
          Map.entry("refresh", "{\"refreshToken\":\"r\"}"),
          Map.entry("logout", "{\"refreshToken\":\"r\"}"),
          Map.entry("createRoom", "{\"name\":\"x\"}"),
          Map.entry("updateRoom", "{\"description\":\"x\",\"slowMode\":30}"),
          Map.entry("giveRoomRole", "{\"role\":\"readonly\"}"),
          Map.entry("muteMember", "{\"seconds\":60}"),
          Map.entry("banFromRoom", "{\"reason\":\"spam\",\"seconds\":60}"),
          Map.entry("directRoom", "{\"userId\":\"" + FakeCapabilities.BOB + "\"}"),
          Map.entry("makeInvite", "{\"seconds\":60,\"uses\":1}"),
          Map.entry(
              "setRoomSettings",
              "{\"favourite\":true,\"notifications\":\"none\",\"snooze\":60,\"hidden\":false}"),
          Map.entry("askToJoin", "{\"note\":\"x\"}"),
          Map.entry("refuseRequest", "{\"word\":\"x\"}"),
          Map.entry("lookAtInvite", "{\"token\":\"pit_x\"}"),
          Map.entry("acceptInvite", "{\"token\":\"pit_x\"}"),
          Map.entry("postMessage", "{\"text\":\"hi\"}"),
          Map.entry("editMessage", "{\"text\":\"ho\"}"),
          Map.entry("forwardMessage", "{\"to\":\"" + FakeCapabilities.ROOM + "\"}"),
          Map.entry("addContact", "{\"name\":\"x\"}"),
          Map.entry("deleteAccount", "{\"password\":\"secret\"}"),
          Map.entry("giveRole", "{\"role\":\"admin\"}"),
          Map.entry("disableAccount", "{\"reason\":\"spam\"}"),
          Map.entry("setPresence", "{\"state\":\"dnd\"}"),
          Map.entry("updateProfile", "{\"about\":\"x\"}"),
          Map.entry("read", "{\"seq\":9}"),
          Map.entry("delivered", "{\"seq\":9}"),
          Map.entry("markUnread", "{\"seq\":9}"),
          Map.entry("readThread", "{\"seq\":9}"),
          Map.entry(
              "postDirect", "{\"recipientId\":\"" + FakeCapabilities.BOB + "\",\"text\":\"hi\"}"),
          Map.entry("verifyEmail", "{\"token\":\"t\"}"),
          Map.entry("askPasswordReset", "{\"email\":\"ada@example.org\"}"),
          Map.entry("resetPassword", "{\"token\":\"t\",\"password\":\"secret\"}"),
          Map.entry("changePassword", "{\"current\":\"old\",\"password\":\"secret\"}"),
          Map.entry("changeIdentifier", "{\"value\":\"ada2\",\"password\":\"secret\"}"));

  private static TestEdge edge;
  private static Vertx vertx;
  private static OpenAPIContract contract;

  @BeforeAll
  static void start() {
    edge = new TestEdge();
    vertx = Vertx.vertx();
    contract = new OpenApi().contract(vertx, vertx.getOrCreateContext()).await();
  }

  @AfterAll
  static void stop() {
    edge.close();
    vertx.close().await();
  }

  static Stream<String> operations() {
    return contract.operations().stream().map(Operation::getOperationId).sorted();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anOperationAnswersAsDocumented(String id) {
    Operation operation = contract.operation(id);

    HttpResponse<String> answer = edge.send(request(operation));

    Response documented = operation.getResponse(answer.statusCode());
    assertThat(documented).as("%s %s", answer.statusCode(), answer.body()).isNotNull();
    if (documented.getContent().isEmpty()) {
      assertThat(answer.body()).isEmpty();
      return;
    }
    OutputUnit outcome =
        contract
            .getSchemaRepository()
            .validator(
                Objects.requireNonNull(documented.getContent().get("application/json")).getSchema())
            .validate(new JsonObject(answer.body()));
    assertThat(outcome.getValid()).as("%s %s", answer.body(), outcome.toJson()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void whatIsSecuredWantsAToken(String id) {
    Operation operation = contract.operation(id);
    HttpRequest.Builder anonymous = request(operation).setHeader("Authorization", "Basic YTpi");

    boolean secured = !operation.getSecurityRequirements().isEmpty();

    assertThat(edge.send(anonymous).statusCode() == 401).isEqualTo(secured);
  }

  @Test
  void everyCommandHasItsTwin() {
    Map<String, String> twins =
        contract.operations().stream()
            .filter(operation -> operation.getExtensions().containsKey("x-parley-command"))
            .collect(
                Collectors.toMap(
                    Operation::getOperationId,
                    operation -> (String) operation.getExtensions().get("x-parley-command")));

    assertThat(new TreeSet<>(twins.values())).isEqualTo(edge.commands.names());
    twins.forEach(
        (operation, command) -> {
          edge.ran.clear();
          edge.send(request(contract.operation(operation)));
          assertThat(edge.ran).as(operation).contains(command);
        });
  }

  @Test
  void theServedContractIsTheEnforcedOne() {
    assertThat(edge.send(edge.anonymous("/openapi.yaml")).body())
        .contains(contract.operations().stream().map(Operation::getOperationId).toList());
  }

  @Test
  void anAnswerWithoutAnOperationIsRefusedAtStart() {
    Operations answered = answering(operations().toList());
    answered.on("unheardOf", call -> Future.succeededFuture(Reply.nothing()));

    assertThatIllegalStateException()
        .isThrownBy(() -> answered.bind(RouterBuilder.create(vertx, contract), contract))
        .withMessageContaining("unheardOf");
  }

  @Test
  void anOperationWithoutAnAnswerIsRefusedAtStart() {
    Operations answered = answering(operations().filter(id -> !id.equals("sync")).toList());

    assertThatIllegalStateException()
        .isThrownBy(() -> answered.bind(RouterBuilder.create(vertx, contract), contract))
        .withMessageContaining("sync");
  }

  private static Operations answering(List<String> ids) {
    return answering(ids, "");
  }

  /**
   * @param open what takes no right although it should
   */
  private static Operations answering(List<String> ids, String open) {
    Authentication nobody =
        new Authentication(token -> Future.failedFuture(new IllegalStateException()));
    Operations operations =
        new Operations(
            new Commands(Map.of()), nobody, new Rationing(Rates.NONE), edge.metrics, edge.door);
    ids.forEach(
        id -> {
          Function<Call, Future<Reply>> nothing = call -> Future.succeededFuture(Reply.nothing());
          if (reserved(id) && !id.equals(open)) {
            operations.on(id, Right.LOOK_UP, nothing);
          } else {
            operations.on(id, nothing);
          }
        });
    return operations;
  }

  private static boolean reserved(String id) {
    Operation operation = contract.operation(id);
    return operation != null && operation.getAbsoluteOpenAPIPath().startsWith("/api/admin");
  }

  @Test
  void whatIsReservedAndTakesNoRightIsRefusedAtStart() {
    Operations answered = answering(operations().toList(), "enableAccount");

    assertThatIllegalStateException()
        .isThrownBy(() -> answered.bind(RouterBuilder.create(vertx, contract), contract))
        .withMessageContaining("enableAccount");
  }

  @Test
  void whatTakesARightAndIsNotReservedIsRefusedAtStart() {
    Operations answered = answering(operations().filter(id -> !id.equals("sync")).toList());
    answered.on("sync", Right.LOOK_UP, call -> Future.succeededFuture(Reply.nothing()));

    assertThatIllegalStateException()
        .isThrownBy(() -> answered.bind(RouterBuilder.create(vertx, contract), contract))
        .withMessageContaining("sync");
  }

  static Stream<String> reserved() {
    return operations().filter(ContractTest::reserved);
  }

  @ParameterizedTest
  @MethodSource("reserved")
  void whoLacksTheRightIsToldNothingElseAndNobodyIsAsked(String id) {
    HttpRequest.Builder asked = request(contract.operation(id));

    HttpResponse<String> answer = edge.send(asked.setHeader("Authorization", "Bearer user"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("this takes a higher role than yours");
  }

  @Test
  void aModeratorIsNoAdmin() {
    for (String id : List.of("giveRole", "readAudit")) {
      HttpRequest.Builder asked = request(contract.operation(id));
      assertThat(edge.send(asked.setHeader("Authorization", "Bearer mod")).statusCode())
          .isEqualTo(403);
    }
    HttpRequest.Builder asked = request(contract.operation("listAccounts"));
    assertThat(edge.send(asked.setHeader("Authorization", "Bearer mod")).statusCode())
        .isEqualTo(200);
  }

  private static HttpRequest.Builder request(Operation operation) {
    String path =
        operation
            .getAbsoluteOpenAPIPath()
            .replace("{session}", FakeCapabilities.BOB)
            .replace("{room}", FakeCapabilities.ROOM)
            .replace("{user}", FakeCapabilities.BOB)
            .replace("{target}", "7")
            .replace("{invite}", FakeCapabilities.BOB)
            .replace("{kind}", "username")
            .replace("{emoji}", "%F0%9F%91%8D");
    String query =
        switch (operation.getOperationId()) {
          case "sync" -> "?cursor=c";
          case "search" -> "?query=tea";
          case "explainUnread" -> "?room=" + FakeCapabilities.ROOM;
          default -> "";
        };
    HttpRequest.Builder request = edge.asAda(path + query);
    String body = BODIES.getOrDefault(operation.getOperationId(), "");
    String method = operation.getHttpMethod().name();
    return body.isEmpty()
        ? request.method(method, BodyPublishers.noBody())
        : TestEdge.json(request, method, body);
  }
}
