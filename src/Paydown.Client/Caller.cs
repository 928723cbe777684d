using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Paydown.Client;

/// <summary>Sends the calls of all groups: with the session, and page by page for lists.</summary>
internal sealed class Caller(Transport transport, Session session, PaydownClientOptions options)
{
    /// <summary>Sends a call without a body and returns the data of the response.</summary>
    public async Task<T> SendAsync<T>(
        Route route,
        string address,
        JsonTypeInfo<Envelope<T>> type,
        CancellationToken token,
        string? key = null
    ) => (await SendAsync(transport.NewCall(route, address, body: null, key), type, token)).Data;

    /// <summary>Sends a call with a body and returns the data of the response.</summary>
    public async Task<T> SendAsync<TBody, T>(
        Route route,
        string address,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<Envelope<T>> type,
        CancellationToken token,
        string? key = null
    )
    {
        ArgumentNullException.ThrowIfNull(body);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, bodyType);
        return (await SendAsync(transport.NewCall(route, address, bytes, key), type, token)).Data;
    }

    /// <summary>Sends a file as the body and returns the data of the response.</summary>
    public async Task<T> SendFileAsync<T>(
        Route route,
        string address,
        ReadOnlyMemory<byte> file,
        JsonTypeInfo<Envelope<T>> type,
        CancellationToken token,
        string? key = null
    )
    {
        var call = transport.NewCall(route, address, file, key) with { ContentType = "application/octet-stream" };
        return (await SendAsync(call, type, token)).Data;
    }

    /// <summary>Sends a sign-in call, which carries no token.</summary>
    public async Task<T> SendWithoutSessionAsync<TBody, T>(
        Route route,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<Envelope<T>> type,
        CancellationToken token
    )
    {
        var call = transport.NewCall(route, route.To(), JsonSerializer.SerializeToUtf8Bytes(body, bodyType));
        return (await transport.SendAsync(call, session: null, type, token)).Data;
    }

    /// <summary>Reads one page of a list.</summary>
    public async Task<Page<T>> PageAsync<T>(
        Route route,
        string address,
        PagePosition page,
        int size,
        JsonTypeInfo<Envelope<List<T>>> type,
        CancellationToken token
    )
    {
        var call = transport.NewCall(
            route,
            Query(address, ("page", page.Number), ("size", size), ("after", page.After))
        );
        var answer = await SendAsync(call, type, token);
        return answer.Page is { } position
            ? new(answer.Data, position.Page, position.Size, position.Total, position.TotalIsExact, position.Next)
            : throw new PaydownProtocolException(
                "The response has no page number.",
                System.Net.HttpStatusCode.OK,
                call.Marks
            );
    }

    /// <summary>
    /// Reads the records of all pages, each page when it is reached. It neither repeats nor skips a record while others
    /// write.
    /// </summary>
    public async IAsyncEnumerable<T> AllAsync<T>(
        Route route,
        string address,
        JsonTypeInfo<Envelope<List<T>>> type,
        [EnumeratorCancellation] CancellationToken token = default
    )
    {
        PagePosition position = 1;
        while (true)
        {
            var page = await PageAsync(route, address, position, Page.SizeMax, type, token);
            foreach (var record in page.Records)
                yield return record;
            if (page.Next is not { } next)
                yield break;
            position = next;
        }
    }

    /// <summary>Streams the records of a list as the server writes them.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        Route route,
        string address,
        JsonTypeInfo<T> type,
        [EnumeratorCancellation] CancellationToken token = default
    )
    {
        var call = transport.NewCall(route, address);
        using var response = await WithSessionAsync(used => transport.OpenAsync(call, used, token), token);
        await using var records = new RecordStream<T>(response, call, type, options);
        while (await records.ReadAsync(token) is { } some)
        {
            foreach (var record in some)
                yield return record;
        }
    }

    /// <summary>Copies a file that the server sends as it writes it.</summary>
    /// <returns>The name of the file.</returns>
    public async Task<string> DownloadAsync(Route route, string address, Stream destination, CancellationToken token)
    {
        var call = transport.NewCall(route, address);
        using var response = await WithSessionAsync(used => transport.OpenAsync(call, used, token), token);
        await response.Content.CopyToAsync(destination, token);
        var disposition = response.Content.Headers.ContentDisposition;
        return disposition?.FileNameStar ?? disposition?.FileName?.Trim('"') ?? "";
    }

    /// <summary>Adds the parameters that have a value to an address.</summary>
    public static string Query(string address, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var query = new StringBuilder(address);
        var separator = address.Contains('?') ? '&' : '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null)
                continue;
            var text = value switch
            {
                DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
                VerificationStatus status => Words.Of(status),
                ApplicationStatus status => Words.Of(status),
                AccountState state => Words.Of(state),
                LedgerAccount account => Words.Of(account),
                BlacklistKind kind => Words.Of(kind),
                StatementState state => Words.Of(state),
                EntryState state => Words.Of(state),
                TransitSide side => Words.Of(side),
                TransitKind kind => Words.Of(kind),
                CollectionState state => Words.Of(state),
                bool yes => yes ? "true" : "false",
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            };
            query.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(text!));
            separator = '&';
        }

        return query.ToString();
    }

    private Task<Envelope<T>> SendAsync<T>(Call call, JsonTypeInfo<Envelope<T>> type, CancellationToken token) =>
        WithSessionAsync(used => transport.SendAsync(call, used, type, token), token);

    // Retries once with a new session, because the server may have ended the old one early.
    private async Task<T> WithSessionAsync<T>(Func<PaydownSession?, Task<T>> send, CancellationToken token)
    {
        var used = await session.GetAsync(token);
        try
        {
            return await send(used);
        }
        catch (PaydownRefusedException refused) when ((int)refused.Status == 401 && used?.RefreshToken is not null)
        {
            var renewed = await session.RenewAsync(used, token);
            if (renewed is null || ReferenceEquals(renewed, used))
                throw;
            return await send(renewed);
        }
    }
}
