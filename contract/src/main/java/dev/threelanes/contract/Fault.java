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

	/** It never answers. */
	SILENT("", ""),

	/** It falls silent within its answer. */
	SILENT_WITHIN("""
			HTTP/1.1 200 OK
			Content-Type: application/json
			Content-Length: 100

			{"id":""", "");

	private final String response;

	private final String body;

	Fault(String response, String body) {
		this.response = response;
		this.body = body;
	}

	boolean resets() {
		return this == RESET || this == CUT_SHORT;
	}

	String response(int id, int delayMs) {
		String content = this.body.formatted(id, delayMs);
		return this.response.formatted(content.length(), content).replace("\n", "\r\n");
	}

}
