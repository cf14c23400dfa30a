package io.parley.faults;

import io.parley.fixtures.NodeNetwork;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Rows that need namespaces for networks: skipped where there are none, with a line that says so;
 * but when all rows are asked for, they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNetworks.Condition.class)
@interface NeedsNetworks {

  /** Asks once for each class. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      Optional<String> missing = NodeNetwork.missing();
      if (missing.isEmpty() || "all".equals(System.getProperty("parley.faults"))) {
        return ConditionEvaluationResult.enabled("networks, or all of it");
      }
      LoggerFactory.getLogger(NeedsNetworks.class)
          .warn("partitions are not tried: {}", missing.get());
      return ConditionEvaluationResult.disabled(missing.get());
    }
  }
}
