using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Paydown.Server.Notices;
using Shouldly;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;
using Xunit;

namespace Paydown.Server.Tests.Notices;

/// <summary>E-mail by SMTP, to a mail server in this process.</summary>
public sealed class MailServerTests
{
    [Fact]
    public async Task An_email_arrives_at_the_mail_server_as_it_was_written()
    {
        await using var mailbox = await Mailbox.StartAsync();
        using var message = MessageTo("ada@customer.example", "Zażółć gęślą jaźń ₦");
        var outcomes = await mailbox.Transport.SendAsync([message], default);
        outcomes.ShouldBe([MailResult.Sent]);
        var received = mailbox.Received.ShouldHaveSingleItem();
        received.Subject.ShouldBe("Zażółć gęślą jaźń ₦");
        received.MessageId.ShouldBe(message.MessageId);
    }

    [Fact]
    public async Task An_address_that_is_refused_for_good_does_not_stop_the_others()
    {
        await using var mailbox = await Mailbox.StartAsync();
        using var bad = MessageTo("nobody@refused.example", "One");
        using var good = MessageTo("ada@customer.example", "Two");
        var results = await mailbox.Transport.SendAsync([bad, good], default);
        results.Select(one => one.Outcome).ShouldBe([MailOutcome.Refused, MailOutcome.Sent]);
        results[0].Reason.ShouldNotBeNull().ShouldStartWith("550 ");
    }

    [Fact]
    public async Task A_mail_server_that_is_away_fails_all_and_throws_nothing()
    {
        var transport = TransportTo(FreePort());
        using var message = MessageTo("ada@customer.example", "One");
        var result = (await transport.SendAsync([message], default)).ShouldHaveSingleItem();
        result.ShouldBe(new MailResult(MailOutcome.Failed, "The mail server could not be reached."));
    }

    private static MimeMessage MessageTo(string recipient, string subject)
    {
        var message = new MimeMessage
        {
            Subject = subject,
            Body = new TextPart("plain") { Text = "Hello" },
        };
        message.From.Add(new MailboxAddress("Test Lender", "help@lender.example"));
        message.To.Add(MailboxAddress.Parse(recipient));
        return message;
    }

    private static MailServer TransportTo(int port) =>
        new(new MailOptions { Server = new Uri($"smtp://127.0.0.1:{port}") }, NullLogger<MailServer>.Instance);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Mailbox : MessageStore, IMailboxFilter, IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private Task running = Task.CompletedTask;

        public List<MimeMessage> Received { get; } = [];

        public MailServer Transport { get; private set; } = null!;

        public static async Task<Mailbox> StartAsync()
        {
            var mailbox = new Mailbox();
            var port = FreePort();
            var options = new SmtpServerOptionsBuilder()
                .ServerName("mail.test.example")
                .Endpoint(endpoint => endpoint.Port(port).AllowUnsecureAuthentication())
                .Build();
            var services = new ServiceProvider();
            services.Add((IMessageStore)mailbox);
            services.Add((IMailboxFilter)mailbox);
            mailbox.running = new SmtpServer.SmtpServer(options, services).StartAsync(mailbox.stop.Token);
            mailbox.Transport = TransportTo(port);
            await Wait.UntilAsync(() => IsOpenAsync(port));
            return mailbox;
        }

        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context,
            IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken
        )
        {
            using var stream = new MemoryStream(buffer.ToArray());
            Received.Add(await MimeMessage.LoadAsync(stream, cancellationToken));
            return SmtpResponse.Ok;
        }

        public Task<bool> CanAcceptFromAsync(
            ISessionContext context,
            SmtpServer.Mail.IMailbox from,
            int size,
            CancellationToken cancellationToken
        ) => Task.FromResult(true);

        public Task<bool> CanDeliverToAsync(
            ISessionContext context,
            SmtpServer.Mail.IMailbox to,
            SmtpServer.Mail.IMailbox from,
            CancellationToken cancellationToken
        ) => Task.FromResult(to.Host != "refused.example");

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.Dispose();
        }

        private static async Task<bool> IsOpenAsync(int port)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}
