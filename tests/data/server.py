"""A web server on this machine that answers as it is told, well or badly."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE = 20
"""Seconds after which a server that was told to wait gives up, should a test fail."""


def whole(body):
    def answer(handler):
        handler.head(200, len(body))
        handler.wfile.write(body)

    return answer


def broken_off(body, stated):
    """Promise ``stated`` bytes and hang up after the body."""

    def answer(handler):
        handler.head(200, stated)
        handler.wfile.write(body)

    return answer


def status(code):
    return lambda handler: handler.head(code, 0)


def silent(handler):
    """Say nothing until the server is closed."""
    handler.closed.wait(PATIENCE)


def halting(body, event=None):
    """Send the first half, and the second one after the event, or when the server is closed."""

    def answer(handler):
        middle = len(body) // 2
        handler.head(200, len(body))
        handler.wfile.write(body[:middle])
        handler.wfile.flush()
        (event or handler.closed).wait(PATIENCE)
        handler.wfile.write(body[middle:])

    return answer


class Server:
    """Give each path its answers in turn, the last one again and again; keep count of what was asked."""

    def __init__(self):
        self.answers, self.asked = {}, []
        self.first_request, self.closed = threading.Event(), threading.Event()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def offer(self, path, *answers):
        """Return the address at which the answers are given."""
        self.answers[path] = list(answers)
        return f"http://127.0.0.1:{self.http.server_port}/{path}"

    def close(self):
        self.closed.set()
        self.http.shutdown()
        self.http.server_close()


def _handler_of(server):
    class Handler(BaseHTTPRequestHandler):
        closed = server.closed

        def do_GET(self):
            path = self.path.lstrip("/")
            server.asked.append(path)
            server.first_request.set()
            answers = server.answers[path]
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # whoever asked hung up
                answer(self)

        def head(self, code, length):
            self.send_response(code)
            self.send_header("Content-Length", str(length))
            self.end_headers()

        def log_message(self, *_):
            pass

    return Handler
