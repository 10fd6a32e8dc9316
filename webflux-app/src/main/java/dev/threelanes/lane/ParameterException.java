package dev.threelanes.lane;

/**
 * A parameter is none of what it may be.
 */
class ParameterException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Parameter parameter;

	ParameterException(Parameter parameter) {
		super(parameter.parameterName(), null, false, false);
		this.parameter = parameter;
	}

	Parameter parameter() {
		return this.parameter;
	}

}
