package dev.threelanes.deployment.kubernetes;

import java.util.Map;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;

/**
 * Which labels a selector selects.
 */
final class Selectors {

	private Selectors() {
	}

	static boolean selects(LabelSelector selector, Map<String, String> labels) {
		return (selector.getMatchLabels() == null
				|| labels.entrySet().containsAll(selector.getMatchLabels().entrySet()))
				&& selector.getMatchExpressions().stream().allMatch((expression) -> holds(expression, labels));
	}

	private static boolean holds(LabelSelectorRequirement expression, Map<String, String> labels) {
		String value = labels.get(expression.getKey());
		return switch (expression.getOperator()) {
			case "In" -> value != null && expression.getValues().contains(value);
			case "NotIn" -> value == null || !expression.getValues().contains(value);
			case "Exists" -> value != null;
			case "DoesNotExist" -> value == null;
			default -> throw new IllegalArgumentException("There is no operator " + expression.getOperator());
		};
	}

}
