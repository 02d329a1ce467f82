# A proxy that does to requests what bad networks do. It ends the till's TLS and speaks TLS to the server, so
# that it can also repeat a request or answer in the server's place.
import http.client
import random
import socketserver
import ssl
import threading
import time

FAULTS = ('pass', 'drop-request', 'drop-reply', 'delay', 'cut-request', 'cut-reply', 'repeat', 'error-before',
          'error-after', 'login-page', 'redirect')
PAGE = b'<html><body>Please log in to the network</body></html>'


class Handler(socketserver.StreamRequestHandler):
    timeout = 20

    def handle(self):
        try:
            while self.one():
                pass
        except (OSError, ValueError, http.client.HTTPException):
            pass

    def one(self):
        line = self.rfile.readline(8192)
        if not line.strip():
            return False
        method, path, _ = line.decode().split()
        headers = http.client.parse_headers(self.rfile)
        body = self.rfile.read(int(headers.get('Content-Length', 0)))
        return self.act(self.server.draw(), method, path, headers, body)

    def forward(self, method, path, headers, body):
        link = http.client.HTTPSConnection(*self.server.target, timeout=20, context=self.server.trust)
        try:
            link.request(method, path, body, dict(headers))
            answer = link.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            link.close()

    def reply(self, status, headers, body, upto=None):
        lines = [f'HTTP/1.1 {status} X']
        lines += [f'{name}: {value}' for name, value in headers
                  if name.lower() not in ('content-length', 'transfer-encoding', 'connection')]
        head = '\r\n'.join([*lines, f'Content-Length: {len(body)}', '', '']).encode()
        self.wfile.write((head + body)[:upto])
        self.wfile.flush()

    def act(self, fault, method, path, headers, body):
        if fault == 'drop-request':
            return False
        if fault == 'error-before':
            self.reply(500, [], b'')
            return True
        if fault == 'login-page':
            self.reply(200, [('Content-Type', 'text/html')], PAGE)
            return True
        if fault == 'redirect':
            self.reply(302, [('Location', 'http://login.example/')], b'')
            return True
        if fault == 'cut-request':
            body = body[:len(body) // 2]
        if fault == 'delay':
            time.sleep(self.server.chance.uniform(0, 0.3))
        if fault == 'repeat':
            self.forward(method, path, headers, body)
        headers.replace_header('Content-Length', str(len(body))) if 'Content-Length' in headers else None
        status, heads, answer = self.forward(method, path, headers, body)
        if fault == 'drop-reply':
            return False
        if fault == 'error-after':
            self.reply(502, [], b'')
            return True
        if fault == 'cut-reply':
            self.reply(status, heads, answer, upto=self.server.chance.randrange(1, 200 + len(answer)))
            return False
        self.reply(status, heads, answer)
        return True


class FaultyLink(socketserver.ThreadingTCPServer):
    """@share: of requests that meet a fault. The draws come from @seed; which request meets which one depends on
    the order of arrival."""
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, target, certificate, key, authority, seed, share=0.6):
        super().__init__(('127.0.0.1', 0), Handler)
        self.target, self.share, self.chance = target, share, random.Random(seed)
        self.seen = dict.fromkeys(FAULTS, 0)
        self.lock = threading.Lock()
        self.trust = ssl.create_default_context(cafile=authority)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def draw(self):
        with self.lock:
            fault = self.chance.choice(FAULTS[1:]) if self.chance.random() < self.share else 'pass'
            self.seen[fault] += 1
            return fault

    def handle_error(self, request, address):
        pass  # a client that went away is what this is for

    @property
    def url(self):
        return f'https://localhost:{self.server_address[1]}'
