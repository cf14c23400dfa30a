package io.parley.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.Config;
import io.parley.config.ConfigLoader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is refused before anything is done, and in which words. */
class LoadCommandTest {
  private final Map<String, String> settings = new HashMap<>();
  private final StringWriter said = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--members=0 | --members is a number from 1 to 1000000, not 0",
        "--rate=-1 | --rate is a number from 1",
        "--rate=1000000 --duration=86400 | --rate: ",
        "--warm-up=-1 | --warm-up is a number from 0",
        "--duration=0 | --duration is a number from 1",
        "--body=0 | --body is a number",
        "--threads=0 | --threads is a number from 1 to 64",
        "--in-flight=0 | --in-flight is a number from 1",
        "--members=3 --rooms=4 | --rooms: 4 rooms take at least as many --members",
        "--scenario=DIRECT --members=3 | --members has to be even",
        "--scenario=SLEEP | --scenario",
        "--framing=POLLING | --framing",
        "--url=localhost:8080 | --url takes addresses such as http://127.0.0.1:8080",
        "--bridge=http://localhost | --bridge takes addresses",
        "--bridge=http://localhost:1/eventbus | --bridge takes addresses",
        "--admin=http://a:1 --pid=1,1 | --admin and --pid name the same nodes",
        "--pid=999999999 | --pid 999999999 is no process of this machine",
        "--stores=999999999 | --stores 999999999 is no process of this machine",
        "--token-lifetime=3 | --token-lifetime is for those that --mint makes",
        "--mint --token-lifetime=0 | --token-lifetime is a number from 1 to 720",
        "--members=900000 --rooms=1 | 900000 sockets take 900300 open files"
      })
  void wrongOptionsAreNamed(String arguments, String why) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertThat(said.toString()).contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--scenario=LEASES --rooms=6001 --members=6 | 6001 rooms take 7 members",
        "--scenario=IDLE --in-flight=3 | --in-flight is of TALK and DIRECT",
        "--scenario=DAY --via=REST | --via REST is of TALK and DIRECT",
        "--missed=7 | --missed is of STORM",
        "--scenario=STORM --missed=301 | --missed is a number from 1 to 300, not 301",
        "--unanswered=0 | --unanswered is a number from 1 to 100000, not 0",
        "--stalled=3 | --stalled and --rounds are of STALLED",
        "--scenario=DAY --rounds=3 | --stalled and --rounds are of STALLED",
        "--scenario=STALLED --stalled=0 | --stalled is a number from 1",
        "--scenario=STALLED --rounds=0 | --rounds is a number from 1",
        "--scenario=STALLED --members=4 --stalled=4 | STALLED takes one room, and more --members",
        "--scenario=STALLED --members=4 --rooms=2 | STALLED takes one room, and more --members",
        "--scenario=STALLED --in-flight=2 | --in-flight is of TALK and DIRECT, and of OVERLOAD",
        "--scenario=OVERLOAD --duration=3601 | for an hour at most",
        "--scenario=OVERLOAD --members=3 --rooms=4 | OVERLOAD takes at least as many --members"
      })
  void whatDoesNotBelongToAScenarioIsNamed(String arguments, String why) {
    wrongOptionsAreNamed(arguments, why);
  }

  @Test
  void itsHelpTellsWhatADayIsMadeOf() {
    assertThat(run("--help")).isZero();
    assertThat(said.toString().replaceAll("\\s+", " ")).contains(Deed.day());
  }

  @Test
  void mintingTakesTheDataDirectoryOfTheServer(@TempDir Path dir) {
    settings.put("node.data", dir.resolve("nowhere").toString());

    assertThat(run("--mint")).isEqualTo(1);
    assertThat(said.toString()).contains("--mint: there is no data directory at " + dir);
    assertThat(dir.resolve("nowhere")).doesNotExist();
  }

  @Test
  void mintingTakesStoresThatRun(@TempDir Path dir) {
    settings.put("node.data", dir.toString());

    assertThat(run("--mint")).isEqualTo(1);
    assertThat(said.toString()).contains("--mint: no stores run below " + dir);
  }

  @Test
  void mintingTakesADatabaseThatAnswers() {
    settings.put("postgres.host", "127.0.0.1");
    settings.put("postgres.port", "1");
    settings.put("postgres.password", "none");
    settings.put("auth.jwtSecret", "0123456789-abcdefghijklmnopqrstuvw");
    settings.put("s3.accessKey", "k");
    settings.put("s3.secretKey", "s");

    assertThat(run("--mint", "--members=1")).isEqualTo(1);
    assertThat(said.toString()).contains("--mint: PostgreSQL at 127.0.0.1:1 cannot be used");
  }

  @Test
  void aServerThatIsNotThereIsSaidSo() {
    assertThat(run("--members=1", "--url=http://127.0.0.1:1")).isEqualTo(1);
    assertThat(said.toString()).contains("parley load: ").contains("refused");
  }

  @Test
  void aLimitThatIsTooLowIsToldWithWhatRaisesIt() {
    assertThat(MachineLimits.files(18_000, 20_000)).isEmpty();
    assertThat(MachineLimits.files(18_000, 4_096).orElseThrow())
        .contains("18000 sockets take 18300 open files, and this process may have 4096")
        .contains("ulimit -n 18300");
    assertThat(MachineLimits.ports(28_232, 1, "32768\t60999\n")).isEmpty();
    assertThat(MachineLimits.ports(56_464, 2, "32768\t60999\n")).isEmpty();
    assertThat(MachineLimits.ports(28_233, 1, "")).isEmpty();
    assertThat(MachineLimits.ports(28_233, 1, "32768\t60999\n").orElseThrow())
        .contains("28233 sockets to one address")
        .contains("has 28232")
        .contains("ip_local_port_range");
  }

  private int run(String... arguments) {
    CommandLine command = new CommandLine(new LoadCommand(this::config));
    command.setOut(new PrintWriter(said, true));
    command.setErr(new PrintWriter(said, true));
    return command.execute(arguments);
  }

  private Config config() {
    return ConfigLoader.load(Optional.empty(), Map.of(), settings).config();
  }
}
