"""One message through SMTP, step by step, so that we know how far it came when trouble begins.

A server may deliver a message only after the line with a single dot (RFC 5321, 4.1.1.4). Trouble
before it is passing; silence after it leaves open whether the message went out.
"""

import re
import smtplib

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from notifications.channels.outcomes import Lasting, Passing, Unclear

# Enhanced codes (RFC 3463) of a 5xx answer that speak of something other than the address:
# the server, the protocol, the content, a rule of the house.
_NOT_THE_ADDRESS = re.compile(r"\b5\.[3567]\.\d")
_TROUBLE = (smtplib.SMTPException, OSError)


def hand_over(backend: EmailBackend, message: EmailMessage) -> None:
    """Hand the message to the backend's server; raises as `outcomes` says.

    A refusal of the sender or of the password is the portal's trouble, not the recipient's.
    """
    encoding = message.encoding or "utf-8"
    sender = sanitize_address(message.from_email, encoding)
    recipients = [sanitize_address(address, encoding) for address in message.recipients()]
    content = _content(message)
    try:
        backend.open()
    except _TROUBLE as error:
        raise Passing(_words(error), is_our_fault=_is_refused_password(error)) from error
    server = backend.connection
    try:
        _envelope(server, sender, recipients)
        _data(server, content)
    finally:
        # The message's fate is known by now, whatever the server says to our good-bye.
        server.close()
        backend.connection = None


def _envelope(server: smtplib.SMTP, sender: str, recipients: list[str]) -> None:
    try:
        server.ehlo_or_helo_if_needed()
        code, answer = server.mail(sender)
        if code != 250:
            raise Passing(_answer(code, answer), is_our_fault=code >= 500)
        for recipient in recipients:
            code, answer = server.rcpt(recipient)
            if code not in (250, 251):
                _refused(code, answer)
        code, answer = server.docmd("DATA")
        if code != 354:
            _refused(code, answer)
    except _TROUBLE as error:
        raise Passing(_words(error)) from error


def _data(server: smtplib.SMTP, content: bytes) -> None:
    try:
        server.send(content)
    except _TROUBLE as error:  # without its end the server must throw the message away
        raise Passing(_words(error)) from error
    try:
        server.send(b".\r\n")
        code, answer = server.getreply()
    except _TROUBLE as error:
        raise Unclear(_words(error)) from error
    if code == -1:
        raise Unclear("the server's answer could not be read")
    if code != 250:
        _refused(code, answer)


def _refused(code: int, answer: bytes) -> None:
    text = _answer(code, answer)
    if code >= 500:
        raise Lasting(text, address_is_bad=not _NOT_THE_ADDRESS.search(text))
    raise Passing(text)


def _content(message: EmailMessage) -> bytes:
    """Return the message as it goes over the wire: CRLF, and dots at line beginnings doubled."""
    raw = message.message().as_bytes(linesep="\r\n")
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    quoted = re.sub(rb"(?m)^\.", b"..", lines)
    return quoted if quoted.endswith(b"\r\n") else quoted + b"\r\n"


def _is_refused_password(error: Exception) -> bool:
    return isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError)


def _answer(code: int, answer: bytes) -> str:
    return f"{code} {answer.decode(errors='replace')}"


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
