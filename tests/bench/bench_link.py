# Catching up over a slow line: a relay passes so many bytes a second on, each way, after a delay. What TCP and
# TLS themselves cost is in the bytes that are counted; the line's headers are not. The limit is the line.
import socket
import socketserver
import threading
import time

from bench_sync import Office, quayctl
from figures import Figures, Goal, Row

NAME = 'link'
RATE = 32 * 1024  # bytes a second: a poor mobile line
DELAY = 0.08      # one way
SALES = 8400      # a week of a busy shop, or a month of a small one
PIECE = 1400


class SlowLink(socketserver.ThreadingTCPServer):
    """Each way has a clock of its own: a piece arrives when the line has had time for it, and the delay later."""
    daemon_threads = True
    allow_reuse_address = True

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            server = socket.create_connection(self.server.target)
            for end in (server, self.request):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
            threading.Thread(target=self.carry, args=(server, self.request, 'down'), daemon=True).start()
            self.carry(self.request, server, 'up')

        def carry(self, source, sink, way):
            free = 0.0
            waiting, more = [], threading.Condition()
            threading.Thread(target=self.deliver, args=(waiting, more, sink), daemon=True).start()
            while data := self.read(source):
                self.server.bytes[way] += len(data)
                free = max(free, time.monotonic()) + len(data) / RATE
                with more:
                    waiting.append((free + DELAY, data))
                    more.notify()
                time.sleep(max(0.0, free - time.monotonic()))
            with more:
                waiting.append((0, None))
                more.notify()

        @staticmethod
        def read(source):
            try:
                return source.recv(PIECE)
            except OSError:
                return b''

        @staticmethod
        def deliver(waiting, more, sink):
            while True:
                with more:
                    while not waiting:
                        more.wait()
                    at, data = waiting.pop(0)
                try:
                    if data is None:
                        sink.shutdown(socket.SHUT_WR)
                        return
                    time.sleep(max(0.0, at - time.monotonic()))
                    sink.sendall(data)
                except OSError:
                    return

    def __init__(self, target):
        super().__init__(('127.0.0.1', 0), self.Handler)
        self.target, self.bytes = target, {'up': 0, 'down': 0}
        threading.Thread(target=self.serve_forever, daemon=True).start()


def run(context):
    figures = Figures()
    sales = min(SALES, context.sync_sales)
    folder = context.shops.copy(context.shops.made(200, sales, 30))
    office = Office(context, context.work / 'link-office', f'sqlite:{context.work}/link.db')
    link = SlowLink(('127.0.0.1', office.port))
    quayctl(context, folder, 'enrol', f'https://localhost:{link.server_address[1]}', office.code(), '--ca',
            office.folder / 'cert.pem')
    before = link.bytes['up']
    seconds, _ = quayctl(context, folder, 'sync', '--once')
    sent = link.bytes['up'] - before
    link.shutdown()
    office.stop()
    for case, name, value in (('till', 'mb', sent / 1e6), ('till', 's', seconds), ('till', 'rate', sent / seconds),
                              ('line', 'rate', RATE)):
        figures.add(0, case, name, value)
    n = f'{sales:,}'.replace(',', ' ')
    share = figures.ratio('till', 'rate', 'line')
    return [Row(NAME, f'catch-up of {n} sales: MB up, TLS and all', sent / 1e6, goal=Goal(1.1, unit=' MB')),
            Row(NAME, f'catch-up: bytes/s of a line of {RATE // 1024} KiB/s and {2 * DELAY * 1000:.0f} ms', sent / seconds,
                RATE, share, Goal(0.85, at_least=True)),
            Row(NAME, 'catch-up (s)', seconds)], figures.raw()
