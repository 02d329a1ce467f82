#!/usr/bin/python3
# quayd as a program: commands alone and beside it, a client of the protocol made from its description alone,
# thousands of bad requests, kills in the middle of pushes. Prints TAP.
import base64
import ctypes
import ctypes.util
import hashlib
import http.client
import json
import os
import pathlib
import random
import signal
import socket
import ssl
import stat
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import uuid

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

BUILD = pathlib.Path(os.environ['QUAY_BUILD_DIR'])
SOURCE = pathlib.Path(os.environ['QUAY_SOURCE_DIR'])
QUAYD = BUILD / 'src/server/quayd'
DONE, REFUSED, WRONG_USE = 0, 1, 2
BAD_REQUESTS = 10000
KILLS = 8
TESTS = []
ZERO = bytes(32)


def test(function):
    TESTS.append(function)
    return function


def b64(data):
    return base64.b64encode(data).decode()


def waits_of(pid):
    """Where each thread of a program that does not end waits: number of the system call, place in the kernel."""
    return [f'{task.name}: {(task / "syscall").read_text().split()[0]} {(task / "wchan").read_text()}'
            for task in sorted(pathlib.Path(f'/proc/{pid}/task').iterdir())]


class Office:
    """A folder with a database, and quayd on it."""

    def __init__(self, top):
        self.top = pathlib.Path(top)
        self.file = self.top / 'province.db'
        self.url = f'sqlite:{self.file}'
        self.process = None
        self.address = None

    def ask(self, *words):
        done = subprocess.run([QUAYD, '--db', self.url, *map(str, words)], capture_output=True, timeout=120)
        assert done.returncode >= 0, f'{words}: killed by signal {-done.returncode}'
        rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
        return done.returncode, rows, done.stderr.decode()

    def do(self, *words):
        code, rows, err = self.ask(*words)
        assert code == DONE, f'{words}: {code}: {err}'
        return rows

    def start(self, *options, listen='127.0.0.1:0'):
        self.process = subprocess.Popen([QUAYD, '--db', self.url, '--listen', listen, *map(str, options)],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read().decode()
        self.ready = json.loads(line)
        host, port = self.ready['listening'].rsplit(':', 1)
        self.address = (host, int(port))

    def stop(self, how=signal.SIGTERM):
        if self.process is None:
            return None
        self.process.send_signal(how)
        try:
            _, self.log = self.process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            print(''.join(f'# {line}\n' for line in waits_of(self.process.pid)))
            raise
        code, self.process = self.process.returncode, None
        return code

    def rss(self):
        """Resident memory in KiB."""
        for line in open(f'/proc/{self.process.pid}/status'):
            if line.startswith('VmRSS'):
                return int(line.split()[1])
        raise AssertionError('no VmRSS')

    def get(self, path, **options):
        link = http.client.HTTPConnection(*self.address, timeout=20)
        link.request('GET', path)
        answer = link.getresponse()
        return answer.status, answer.read()


class Till:
    """A client written from src/sync/README.md and src/journal/README.md."""

    def __init__(self, office, code='QT1'):
        self.office, self.code, self.letter = office, code, 'A'
        self.id, self.chain = uuid.uuid4(), uuid.uuid4()
        self.key = Ed25519PrivateKey.generate()
        self.key_id = 'new'
        self.records, self.hashes = [], [ZERO]
        self.servers = {}
        self.link = None
        self.add({'t': 'chain.birth'}, till=str(self.id), code=code, letter='A', version='1')

    def public(self):
        return self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def add(self, head, **body):
        head.update(v=1, lam=len(self.records) + 1, id=str(uuid.uuid4()), day=20261123, ts=1795395600000, who='lan')
        head.update(body)
        self.add_bytes(json.dumps(head, separators=(',', ':'), ensure_ascii=False).encode())

    def add_bytes(self, data):
        seq = len(self.records) + 1
        text = b'quay1' + self.id.bytes + self.chain.bytes + struct.pack('>QI', seq, len(data)) + data
        self.records.append(data)
        self.hashes.append(hashlib.sha256(text + self.hashes[-1]).digest())

    def add_facts(self, n):
        for _ in range(n):
            self.add({'t': 'setting'}, code='shop', set={f'f{random.randrange(9)}': random.randrange(1000)})

    def signed(self, path, body):
        digest = f'sha-256=:{b64(hashlib.sha256(body).digest())}:'
        params = f'("@method" "@path" "till" "content-digest");keyid="{self.key_id}";alg="ed25519"'
        text = (f'"@method": POST\n"@path": {path}\n"till": {self.id}\n"content-digest": {digest}\n'
                f'"@signature-params": {params}')
        return {'Till': str(self.id), 'Content-Digest': digest, 'Signature-Input': f's={params}',
                'Signature': f's=:{b64(self.key.sign(text.encode()))}:'}

    def check(self, status, headers, body, digest):
        own = f'sha-256=:{b64(hashlib.sha256(body).digest())}:'
        assert headers['Content-Digest'] == own
        params = headers['Signature-Input'][2:]
        text = (f'"@status": {status}\n"content-digest": {own}\n"content-digest";req: {digest}\n'
                f'"@signature-params": {params}')
        key_id = params.split('keyid="')[1].split('"')[0]
        if not self.servers and status == 200:
            self.servers = {key['id']: key['key'] for key in json.loads(body)['keys']}
        if self.servers:
            key = Ed25519PublicKey.from_public_bytes(base64.b64decode(self.servers[key_id]))
            key.verify(base64.b64decode(headers['Signature'][3:-1]), text.encode())

    def ask(self, path, body, **more):
        """(status, body unpacked if need be) of a call; the answer's signature is checked."""
        if self.link is None:
            self.link = http.client.HTTPConnection(*self.office.address, timeout=30)
        headers = self.signed(path, body)
        headers.update(more)
        try:
            self.link.request('POST', path, body, headers)
            answer = self.link.getresponse()
            data = answer.read()
        except Exception:
            self.link = None
            raise
        self.check(answer.status, answer.headers, data, headers['Content-Digest'])
        if answer.headers.get('Content-Encoding') == 'zstd':
            data = unzstd(data)
        return answer.status, data

    def call(self, path, message):
        status, data = self.ask(path, json.dumps(message).encode())
        return status, json.loads(data)

    def enrol(self, site='Quế Thanh'):
        code = self.office.do('till', 'code', site)[0]['code']
        status, reply = self.call('/v1/enrol', {'secret': code, 'till': str(self.id), 'key': b64(self.public()),
                                                'code': self.code, 'letter': self.letter, 'app': 'test'})
        assert status == 200, reply
        self.key_id = reply['key']
        return reply

    def envelope(self, first, n):
        last = first + n - 1
        seal = self.key.sign(b'quay1-head' + self.id.bytes + self.chain.bytes + struct.pack('>Q', last) +
                             self.hashes[last])
        head = {'v': 1, 'till': str(self.id), 'chain': str(self.chain), 'code': self.code, 'letter': self.letter,
                'from': first, 'n': n, 'prev': self.hashes[first - 1].hex(), 'head': self.hashes[last].hex(),
                'seal': b64(seal), 'app': 'test'}
        lines = [json.dumps(head).encode()] + self.records[first - 1:last]
        return b''.join(line + b'\n' for line in lines)

    def push(self, first, n):
        body = self.envelope(first, n)
        status, data = self.ask('/v1/push', body)
        reply = json.loads(data)
        if status != 200:
            return status, reply
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(next(iter(self.servers.values()))))
        hwm = reply.get('hwm', 0)
        key.verify(base64.b64decode(reply['seal']), b'quay1-head' + self.id.bytes + self.chain.bytes +
                   struct.pack('>Q', hwm) + bytes.fromhex(reply['head']))
        if hwm <= len(self.records):
            assert reply['head'] == self.hashes[hwm].hex()
        return status, reply


zstd = ctypes.CDLL(ctypes.util.find_library('zstd'))
zstd.ZSTD_compressBound.restype = ctypes.c_size_t
zstd.ZSTD_compress.restype = ctypes.c_size_t
zstd.ZSTD_compress.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int]
zstd.ZSTD_decompress.restype = ctypes.c_size_t
zstd.ZSTD_decompress.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]
zstd.ZSTD_compressBound.argtypes = [ctypes.c_size_t]


def pack(data):
    room = zstd.ZSTD_compressBound(len(data))
    out = ctypes.create_string_buffer(room)
    size = zstd.ZSTD_compress(out, room, data, len(data), 19)
    return out.raw[:size]


def unzstd(data):
    out = ctypes.create_string_buffer(4 << 20)
    size = zstd.ZSTD_decompress(out, 4 << 20, data, len(data))
    return out.raw[:size]


# --- commands ---

@test
def commands_alone(office):
    assert office.do('site', 'add', 'Quế Thanh', '--commune', '02155')[0]['name'] == 'Quế Thanh'
    assert office.ask('site', 'add', 'Quế Thanh', '--commune', '02155')[0] == REFUSED
    assert office.ask('site', 'add', 'x', '--commune', '2155')[0] == REFUSED
    assert [row['name'] for row in office.do('site', 'list')] == ['Quế Thanh']
    code = office.do('till', 'code', 'Quế Thanh')[0]
    assert len(code['code']) == 11 and code['until'].endswith('+07:00')
    assert office.ask('till', 'code', 'Nowhere')[0] == REFUSED
    assert office.ask('till', 'revoke', 'QT1')[0] == REFUSED
    for words in ([], ['till'], ['site', 'add', 'x'], ['verify', 'me'], ['held'], ['--listen', 'x', 'verify'],
                  ['--nonsense'], ['--rate', '-1', 'verify']):
        code, rows, err = office.ask(*words)
        assert (code, rows) == (WRONG_USE, []) and err, words
    assert office.do('verify') == [{'chains': 0, 'records': 0, 'held': 0, 'ok': True}]
    for name in ('province.db', 'province.db.key', 'province.db.lock'):
        assert stat.S_IMODE((office.top / name).stat().st_mode) == 0o600, name


@test
def commands_beside(office):
    office.start()
    assert stat.S_IMODE((office.top / 'province.db.sock').stat().st_mode) == 0o600
    office.do('site', 'add', 'Quế Thanh', '--commune', '02155')
    assert office.ask('site', 'add', 'Quế Thanh', '--commune', '02155')[0] == REFUSED
    table = office.top / 'registry.csv'
    table.write_bytes((SOURCE / 'data/sample/registry.csv').read_bytes())
    first = office.do('registry', 'import', table)[0]
    assert first['added'] > 100 and first['refused'] == []
    again = office.do('registry', 'import', table)[0]
    assert (again['added'], again['changed']) == (0, 0) and again['same'] == first['added']
    table.write_text('kind,code,name\nproducer,,x\n')
    assert office.do('registry', 'import', table)[0]['refused'] == [{'row': 2, 'column': 'code', 'why': 'is missing'}]
    assert office.ask('registry', 'import', '/nowhere/at.all')[0] == REFUSED
    code, _, err = office.ask('--listen', '127.0.0.1:0')
    assert code == REFUSED and 'held by another program' in err
    assert office.do('verify')[0]['ok']
    assert office.stop() == 0
    assert not (office.top / 'province.db.sock').exists()
    assert office.do('site', 'list')[0]['name'] == 'Quế Thanh'


@test
def refuses_to_start(office):
    for options, code in ((('--listen', '0.0.0.0:0'), REFUSED), (('--listen', 'nowhere'), REFUSED),
                          (('--listen', '127.0.0.1:0', '--tls-cert', '/etc/hostname'), WRONG_USE),
                          (('--listen', '127.0.0.1:0', '--tls-cert', '/etc/hostname', '--tls-key', '/etc/hostname'),
                           REFUSED)):
        got, _, err = office.ask(*options)
        assert got == code and err, (options, got)
    done = subprocess.run([QUAYD, '--db', 'oracle:x', '--key', office.top / 'k', 'verify'], capture_output=True,
                          timeout=20)
    assert done.returncode == REFUSED


# --- the protocol ---

@test
def sells_and_syncs(office):
    office.start()
    office.do('site', 'add', 'Quế Thanh', '--commune', '02155')
    a, b = Till(office), Till(office)
    assert a.enrol()['code'] == 'QT1'
    assert b.enrol()['code'] == 'QT2'
    a.add_facts(700)
    a.add_bytes(b'{"t":"from.the.future","v":1}')
    status, reply = a.push(1, 300)
    assert status == 200 and reply['hwm'] == 300
    assert a.push(500, 10)[1]['hwm'] == 300
    assert a.push(250, 300)[1]['hwm'] == 549
    status, reply = a.push(550, len(a.records) - 549)
    assert [note['seq'] for note in reply['notes']] == [len(a.records)]
    assert [row['seq'] for row in office.do('held', 'list')] == [len(a.records)]
    assert office.do('held', 'retry') == [{'booked': 0, 'left': 1}]
    packed = pack(a.envelope(1, 200))
    assert len(packed) < 60000
    status, data = a.ask('/v1/push', packed, **{'Content-Encoding': 'zstd'})
    assert status == 200, data
    assert a.ask('/v1/push', packed, **{'Content-Encoding': 'gzip'})[0] == 415
    # the other till of the shop sees it all
    chains = b.call('/v1/chains', {})[1]['chains']
    assert {(chain['chain'], chain['hwm']) for chain in chains} == {(str(a.chain), len(a.records))}
    status, data = b.ask('/v1/pull', json.dumps({'chain': str(a.chain), 'from': 1, 'n': 2000}).encode())
    lines = data.split(b'\n')
    assert lines[1:-1] == a.records and json.loads(lines[0])['hwm'] == len(a.records)
    assert b.call('/v1/pull', {'chain': str(uuid.uuid4()), 'from': 1})[0] == 404
    # a fork is told and seen
    twin = Till(office)
    twin.id, twin.chain, twin.key, twin.key_id, twin.servers = a.id, a.chain, a.key, a.key_id, a.servers
    twin.records, twin.hashes = a.records[:400], a.hashes[:401]
    twin.add_facts(5)
    status, reply = twin.push(390, 16)
    assert status == 409 and reply['type'] == 'fork' and reply['at'] == 401 and reply['letter'] == 'B'
    assert [row['kind'] for row in office.do('alarms')] == ['fork']
    office.do('till', 'revoke', 'QT1')
    assert a.push(1, 5)[0] == 403
    assert office.do('verify')[0]['ok']
    assert office.stop() == 0


def carried_line(till, seq):
    return json.dumps({'chain': str(till.chain), 'till': str(till.id), 'code': till.code, 'letter': till.letter,
                       'seq': seq, 'hash': till.hashes[seq].hex(), 'record': till.records[seq - 1].decode()}) + '\n'


@test
def carried_by_hand(office):
    office.start()
    office.do('site', 'add', 'Quế Thanh', '--commune', '02155')
    till, stranger = Till(office), Till(office)
    till.enrol()
    till.add_facts(1300)
    stick = office.top / 'stick'
    lines = [carried_line(till, seq) for seq in range(1, len(till.records) + 1)]
    stick.write_text(''.join(lines[:700]))
    row = office.do('events', 'import', stick)[0]
    assert (row['first'], row['last'], row['events']) == (1, 700, 700), row
    # by air and by hand, in any order, everything is there once
    assert till.push(600, 300)[1]['hwm'] == 899
    stick.write_text(''.join(lines[800:]))
    assert office.do('events', 'import', stick)[0]['events'] == len(lines) - 899
    assert office.do('events', 'import', stick)[0]['events'] == 0
    twin = Till(office)
    twin.id, twin.chain, twin.records, twin.hashes = till.id, till.chain, till.records[:5], till.hashes[:6]
    twin.add_facts(1)
    for bad, why in (([carried_line(stranger, 1)], 'not enrolled'),
                     ([carried_line(twin, 6)], 'not as the server has it'),
                     ([lines[5].replace('setting', 'settinh'), lines[6]], 'does not match'),
                     (['{}\n'], 'line 1 is not a record'), (['junk'], 'line 1')):
        stick.write_text(''.join(bad))
        code, rows, err = office.ask('events', 'import', stick)
        assert code == REFUSED and why in (err + json.dumps(rows)), (bad, rows, err)
    # the seal of what came by hand comes with the next contact
    assert till.push(len(till.records) + 1, 0)[1]['hwm'] == len(till.records)
    verdict = office.do('verify')[0]
    assert verdict['ok'] and verdict['records'] == len(till.records)
    assert office.stop() == 0


@test
def open_calls(office):
    office.start()
    status, body = office.get('/v1/health')
    assert status == 200 and json.loads(body)['ok'] is True
    status, body = office.get('/v1/time?nonce=abc')
    assert status == 200 and abs(json.loads(body)['time'] / 1000 - time.time()) < 60
    for path, status in (('/v1/time', 400), ('/v1/time?nonce=', 400), ('/v1/time?nonce=' + 'a' * 200, 400),
                         ('/v1/push', 405), ('/v2/push', 404), ('/', 404)):
        assert office.get(path)[0] == status, path
    assert office.stop() == 0


@test
def over_tls(office):
    cert, key = office.top / 'cert.pem', office.top / 'key.pem'
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert,
                    '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'],
                   check=True, capture_output=True)
    office.start('--tls-cert', cert, '--tls-key', key)
    context = ssl.create_default_context(cafile=str(cert))
    with socket.create_connection(office.address, timeout=20) as raw:
        with context.wrap_socket(raw, server_hostname='127.0.0.1') as link:
            assert link.version() in ('TLSv1.2', 'TLSv1.3')
            link.sendall(b'GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n')
            assert link.recv(100).startswith(b'HTTP/1.1 200')
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(office.address, timeout=20) as raw:
        try:
            old.wrap_socket(raw)
            raise AssertionError('TLS 1.1 was spoken')
        except (ssl.SSLError, OSError):
            pass
    assert office.stop() == 0


# --- what must not hurt ---

BOMBS = [pack(bytes(size << 20)) for size in (1, 2, 30)]

def bad_requests(till, chance):
    """Bytes to send on a fresh connection, for ever other ones."""
    path = chance.choice(['/v1/push', '/v1/pull', '/v1/chains', '/v1/keys', '/v1/poison', '/v1/enrol', '/v1/x'])

    def request(body, headers=None, length=None):
        lines = [f'POST {path} HTTP/1.1', 'Host: x', f'Content-Length: {len(body) if length is None else length}',
                 'Connection: close']
        lines += [f'{name}: {value}' for name, value in (headers or {}).items()]
        return '\r\n'.join(lines).encode() + b'\r\n\r\n' + body

    noise = chance.randbytes(chance.randrange(1, 3000))
    bomb = chance.choice(BOMBS) if chance.random() < 0.5 else pack(noise)
    good = till.envelope(1, len(till.records))
    bent = bytearray(good)
    for _ in range(chance.randrange(1, 5)):
        bent[chance.randrange(len(bent))] = chance.randrange(256)
    kinds = [
        lambda: noise,
        lambda: b'POST ' + noise + b'\r\n\r\n',
        lambda: request(noise),
        lambda: request(noise, till.signed(path, noise)),
        lambda: request(noise, till.signed('/v1/other', noise)),
        lambda: request(bomb, dict(till.signed(path, bomb), **{'Content-Encoding': 'zstd'})),
        lambda: request(bytes(bent), till.signed(path, bytes(bent))),
        lambda: request(good[:chance.randrange(len(good))], till.signed(path, good)),
        lambda: request(good, till.signed(path, good), length=chance.choice([0, 5, 10 ** 9, 10 ** 30, -1, 'x'])),
        lambda: request(b'', {'X' * chance.randrange(1, 100): 'y' * chance.randrange(60000)}),
        lambda: request(b'', {f'H{i}': 'v' for i in range(chance.randrange(2000))}),
        lambda: request(b'[' * chance.randrange(60000), till.signed(path, b'')),
        lambda: request(b'{"chain":"' + b'9' * 500 + b'","from":1}', till.signed(path, b'')),
        lambda: b'POST /v1/push HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n' + noise,
        lambda: b'GET /' + b'a' * chance.randrange(40000) + b' HTTP/1.1\r\n\r\n',
        lambda: b'\r\n' * chance.randrange(2000),
    ]
    return chance.choice(kinds)()


def hammer(office, till, seed, n, answered):
    chance = random.Random(seed)
    for _ in range(n):
        data = bad_requests(till, chance)
        try:
            with socket.create_connection(office.address, timeout=20) as link:
                link.sendall(data)
                if chance.random() < 0.5:
                    link.shutdown(socket.SHUT_WR)
                    link.settimeout(0.1)
                    answered.append(link.recv(100)[9:12])
        except OSError:
            pass


@test
def survives_bad_requests(office):
    office.start('--rate', 0)
    office.do('site', 'add', 'Quế Thanh', '--commune', '02155')
    till = Till(office)
    till.enrol()
    till.add_facts(20)
    # the pages of the program itself, and of each pool, are in use before the count begins
    hammer(office, till, 1, 500, [])
    before = office.rss()
    answered = []
    threads = [threading.Thread(target=hammer, args=(office, till, 100 + i, BAD_REQUESTS // 8, answered))
               for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    grown = office.rss() - before
    print(f'# {BAD_REQUESTS} bad requests, {len(answered)} answers read, memory grew by {grown} KiB')
    assert grown < 48 * 1024, grown
    till.link = None
    assert till.push(1, len(till.records))[1]['hwm'] == len(till.records)
    assert office.do('verify')[0]['ok']
    assert office.stop() == 0


@test
def slow_clients_hold_nobody(office):
    office.start()
    office.do('site', 'add', 'Quế Thanh', '--commune', '02155')
    till = Till(office)
    till.enrol()
    slow = []
    for i in range(400):
        link = socket.create_connection(office.address, timeout=20)
        link.sendall([b'', b'POST /v1/push HT', b'POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\nabc',
                      b'POST /v1/push HTTP/1.1\r\nHost'][i % 4])
        slow.append(link)
    started = time.monotonic()
    for _ in range(50):
        till.add_facts(1)
        assert till.push(len(till.records), 1)[0] == 200 or len(till.records) == 2
        if len(till.records) == 2:
            till.push(1, 2)
    assert time.monotonic() - started < 20
    assert office.rss() < 100 * 1024
    started = time.monotonic()
    assert office.stop() == 0
    assert time.monotonic() - started < 15
    for link in slow:
        link.close()


@test
def killed_in_pushes(office):
    office.start('--rate', 0)
    office.do('site', 'add', 'Quế Thanh', '--commune', '02155')
    till = Till(office)
    till.enrol()
    acked = 0
    for kill in range(KILLS):
        threading.Timer(random.uniform(0.05, 0.4), office.process.kill).start()
        try:
            while True:
                till.add_facts(random.randrange(1, 40))
                status, reply = till.push(acked + 1, min(len(till.records) - acked, 500))
                assert status == 200, reply
                acked = reply['hwm']
        except (OSError, http.client.HTTPException):
            pass
        office.stop(signal.SIGKILL)
        office.start('--rate', 0)
        status, reply = till.push(len(till.records) + 1, 0)
        # nothing that was acknowledged is gone
        assert acked <= reply.get('hwm', 0) <= len(till.records), (acked, reply)
        acked = reply.get('hwm', 0)
        verdict = office.do('verify')[0]
        assert verdict['ok'] and verdict['records'] == acked
    print(f'# {KILLS} kills, {acked} records acknowledged')
    assert acked > KILLS
    assert office.stop() == 0


def main():
    failed = 0
    tests = [function for function in TESTS if len(sys.argv) < 2 or function.__name__ in sys.argv[1:]]
    print(f'1..{len(tests)}')
    for number, function in enumerate(tests, 1):
        with tempfile.TemporaryDirectory(prefix='quayd-') as top:
            office = Office(top)
            try:
                function(office)
                print(f'ok {number} {function.__name__}', flush=True)
            except Exception:
                failed += 1
                print(f'not ok {number} {function.__name__}', flush=True)
                print(''.join(f'# {line}\n' for line in traceback.format_exc().splitlines()), flush=True)
            finally:
                if office.process is not None:
                    office.stop(signal.SIGKILL)
                    print(''.join(f'# quayd: {line}\n' for line in office.log.decode().splitlines()[-20:]))
    sys.exit(1 if failed else 0)


main()
