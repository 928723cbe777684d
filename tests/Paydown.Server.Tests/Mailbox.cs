using Paydown.Lending.Identifiers;

namespace Paydown.Server.Tests;

/// <summary>The messages that a server has written to people.</summary>
internal sealed class Mailbox(TestServer server)
{
    private const string Last = """
        select text from notice where recipient = $1 and ($2::text = '' or kind = $2) order by id desc limit 1
        """;

    /// <summary>Returns the text of the last message of a kind to an address.</summary>
    public Task<string> ReadAsync(string address, string kind = "") => server.ScalarAsync<string>(Last, address, kind);

    /// <summary>Returns the one-time token in the last message of a kind.</summary>
    public async Task<string> TokenAsync(string address, string kind)
    {
        var text = await ReadAsync(address, kind);
        return text.Split('\n').Single(line => line.Length == 43 && !line.Contains(' '));
    }

    /// <summary>Returns the number of messages of a kind to an address.</summary>
    public async Task<long> CountAsync(string address, string kind) =>
        await server.ScalarAsync<long>("select count(*) from notice where recipient = $1 and kind = $2", address, kind);

    /// <summary>Returns the e-mail address of a user.</summary>
    public Task<string> AddressOfAsync(Guid userId) =>
        server.ScalarAsync<string>("select email from app_user where id = $1", new UserId(userId));
}
