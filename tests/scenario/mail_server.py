"""A mail server for tests, and a reader of what it got.

    mail_server.py serve FOLDER CERTIFICATE KEY [--pause-once PLACE]
        Listens on a free port of the loopback, STARTTLS and a log-in required; prints the port. Each message becomes
        FOLDER/<number>.eml; each event a line of FOLDER/events. --pause-once rcpt|next|data: the first time it gets there, it
        notes so and falls silent, as a server does whose line breaks; next is the recipient of the second message; with
        data it has taken the message by then.
    mail_server.py read FILE
        The message as JSON: headers, decoded; parts by type.
"""

import asyncio
import email
import email.policy
import json
import pathlib
import ssl
import sys

LOGIN = (b"reports", b"a secret of the mail server")


def read(path):
    message = email.message_from_bytes(pathlib.Path(path).read_bytes(), policy=email.policy.default)
    parts = {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}
    raw = pathlib.Path(path).read_bytes()
    print(json.dumps({
        "subject": str(message["Subject"]),
        "from": str(message["From"]),
        "to": str(message["To"]),
        "date": message["Date"].datetime.isoformat(),
        "message_id": str(message["Message-ID"]),
        "type": message.get_content_type(),
        "language": str(message["Content-Language"]),
        "defects": [repr(defect) for part in message.walk() for defect in part.defects],
        "longest_line": max(len(line) for line in raw.split(b"\r\n")),
        "bytes_above_ascii": sum(byte > 126 for byte in raw),
        "parts": parts,
    }))


def serve(folder, certificate, key, pause_at):
    from aiosmtpd.smtp import SMTP, AuthResult

    folder = pathlib.Path(folder)
    paused = folder / "paused"

    def note(event):
        with open(folder / "events", "a") as events:
            events.write(event + "\n")

    class Handler:
        async def pause(self, place):
            if pause_at == place and not paused.exists():
                paused.touch()
                note("paused at " + place)
                await asyncio.sleep(3600)

        async def handle_RCPT(self, server, session, envelope, address, options):
            await self.pause("rcpt")
            if any(folder.glob("*.eml")):
                await self.pause("next")
            if address.startswith("nobody@"):
                return "550 no such person here"
            envelope.rcpt_tos.append(address)
            return "250 ok"

        async def handle_DATA(self, server, session, envelope):
            number = len(list(folder.glob("*.eml")))
            (folder / f"{number}.eml").write_bytes(envelope.original_content)
            note(f"took {number} for {','.join(envelope.rcpt_tos)} from {envelope.mail_from}"
                 f" over {'TLS' if session.ssl else 'nothing'} as {session.auth_data}")
            await self.pause("data")
            return "250 kept"

    def authenticate(server, session, envelope, mechanism, data):
        good = (data.login, data.password) == LOGIN
        if not good:
            note("refused a log-in")
        return AuthResult(success=good, handled=False, auth_data=data.login.decode() if good else None)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    async def run():
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(Handler(), hostname="localhost", tls_context=context, require_starttls=True,
                         authenticator=authenticate, auth_required=True, auth_require_tls=True), "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.sleep(3600)

    asyncio.run(run())


if __name__ == "__main__":
    if sys.argv[1] == "read":
        read(sys.argv[2])
    else:
        serve(*sys.argv[2:5], sys.argv[6] if len(sys.argv) > 6 else None)
