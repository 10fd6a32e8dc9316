package dev.threelanes.contract;

/**
 * What can be wrong with the slow service.
 */
enum Fault {

	/** Nothing. */
	NONE("""
			HTTP/1.1 200 OK
			Content-Type: application/json
			Set-Cookie: taste=bitter
			Content-Length: %d

			%s""", "{\"id\":%d,\"delayMs\":%d}"),

	/** It fails. */
	SERVER_ERROR("""
			HTTP/1.1 500 Internal Server Error
			Content-Type: text/plain
			Content-Length: %d

			%s""", "secret"),

	/** It does not know its own path. */
	NOT_FOUND("""
			HTTP/1.1 404 Not Found
			Content-Length: %d

			%s""", ""),

	/** It sends the caller back and forth. */
	REDIRECT("""
			HTTP/1.1 302 Found
			Location: /delay/0?id=0
			Content-Length: %d

			%s""", ""),

	/** It answers with what is no JSON. */
	GARBAGE("""
			HTTP/1.1 200 OK
			Content-Type: application/json
			Content-Length: %d

			%s""", "{\"id\":"),

	/** It answers with a page. */
	WRONG_TYPE("""
			HTTP/1.1 200 OK
			Content-Type: text/html
			Content-Length: %d

			%s""", "<p>hello</p>"),

	/** It answers another call. */
	WRONG_ID("""
			HTTP/1.1 200 OK
			Content-Type: application/json
			Content-Length: %d

			%s""", "{\"id\":4711,\"delayMs\":%2$d}"),

	/** It answers nothing. */
	EMPTY("""
			HTTP/1.1 200 OK
			Content-Type: application/json
			Content-Length: %d

			%s""", ""),

	/** It resets the connection instead of answering. */
	RESET("", ""),

	/** It resets the connection within its answer. */
	CUT_SHORT("""
			HTTP/1.1 200 OK
			Content-Type: application/json
			Content-Length: 100

			{"id":""", ""),

	/** It closes the connection instead of answering. */
	CLOSE("", ""),

	/** It closes the connection within its answer. */
	CLOSE_WITHIN("""
			HTTP/1.1 200 OK
			Content-Type: application/json
			Content-Length: 100

			{"id":""", ""),

	/** It answers with what is no HTTP. */
	NO_HTTP("""
			SSH-2.0-OpenSSH_9.9

			%2$s""", ""),

	/** It never ends its answer, and is quick about it. */
	ENDLESS("""
			HTTP/1.1 200 OK
			Content-Type: application/json
			Content-Length: 1000000000

			{"id":""", ""),

	/** It never answers. */
	SILENT("", ""),

	/** It falls silent within its answer. */
	SILENT_WITHIN("""
			HTTP/1.1 200 OK
			Content-Type: application/json
			Content-Length: 100

			{"id":""", ""),

	/** It answers all that it should, one byte at a time from the first on. */
	TRICKLE("""
			HTTP/1.1 200 OK
			Content-Type: application/json
			Content-Length: %d

			%s""", "{\"id\":%d,\"delayMs\":%d}"),

	/** It answers all that it should, with its body one byte at a time. */
	TRICKLE_WITHIN("""
			HTTP/1.1 200 OK
			Content-Type: application/json
			Content-Length: %d

			%s""", "{\"id\":%d,\"delayMs\":%d" + " ".repeat(100) + "}");

	private final String response;

	private final String body;

	Fault(String response, String body) {
		this.response = response;
		this.body = body;
	}

	boolean resets() {
		return this == RESET || this == CUT_SHORT;
	}

	boolean closes() {
		return this == CLOSE || this == CLOSE_WITHIN || this == NO_HTTP;
	}

	/**
	 * How much of an answer comes at once; the rest comes one byte at a time.
	 * @param response the answer
	 * @return how many bytes of it
	 */
	int atOnce(String response) {
		return switch (this) {
			case TRICKLE -> 0;
			case TRICKLE_WITHIN -> response.indexOf("{");
			default -> response.length();
		};
	}

	String response(int id, int delayMs) {
		String content = this.body.formatted(id, delayMs);
		return this.response.formatted(content.length(), content).replace("\n", "\r\n");
	}

}
