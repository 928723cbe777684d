using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Pages;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.SignIn;

namespace Paydown.Server.Databases;

/// <summary>Where a request goes.</summary>
/// <param name="Places">The places that may answer it, in order; empty if the right one is away.</param>
/// <param name="Body">The body, if it was read to find them.</param>
internal readonly record struct Placed(IReadOnlyList<Place> Places, byte[]? Body = null)
{
    /// <summary>The database of the request is away.</summary>
    public static Placed Away { get; } = new([]);
}

/// <summary>
/// Finds the database of a request, before anything is checked. A token names its lender, and the database checks the
/// token. So a forged token only chooses who refuses it (docs/decisions/0043).
/// </summary>
internal sealed class Placement(IReadOnlyList<Place> places, ILogger<Placement> logger)
{
    private const int TokenLengthMax = 4096;
    private const int RememberedMax = 20_000;

    // A token of a lender that is not known costs a look, and may be invented.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private const string OfRefreshToken = """
        select u.organisation_id from refresh_token t
        join user_session s on s.id = t.session_id join app_user u on u.id = s.user_id where t.hash = $1
        """;

    private const string OfOneTimeToken = """
        select u.organisation_id from one_time_token t join app_user u on u.id = t.user_id where t.hash = $1
        """;

    // Without those of lenders that have left, and whose rows are still being removed.
    private const string OfEmail = """
        select u.organisation_id from app_user u
        where lower(u.email) = lower($1)
          and not exists (select from organisation_move m
                          where m.organisation_id = u.organisation_id and m.switched_at is not null)
        limit 1
        """;

    private readonly ConcurrentDictionary<TokenKey, OrganisationId> remembered = new();
    private readonly Lock gate = new();
    private Task looking = Task.CompletedTask;
    private long lookedAt;

    /// <summary>All places, in the order of the file.</summary>
    public IReadOnlyList<Place> Places => places;

    /// <summary>Returns where a request goes.</summary>
    public async ValueTask<Placed> FindAsync(HttpContext http)
    {
        var request = http.Request;
        if (RequiredHeaders.FindToken(request.Headers) is { } token)
            return ApiTokenSecret.IsMeant(token)
                ? await OfApiTokenAsync(token, http.RequestAborted)
                : await OfAccessTokenAsync(token, http.RequestAborted);
        if (PageHost.FindCookie(http) is { } cookie && await OfCookieAsync(cookie, http.RequestAborted) is { } known)
            return known;
        if (!HttpMethods.IsPost(request.Method) && !HttpMethods.IsPut(request.Method))
            return OfHost(request) ?? Any();
        var (fields, body) = await RequestFields.ReadAsync(request);
        return await OfFieldsAsync(fields, request, http.RequestAborted) with { Body = body };
    }

    /// <summary>Reads the lenders of all databases again.</summary>
    public Task RefreshAsync(CancellationToken cancellation) =>
        Task.WhenAll(places.Select(place => place.RefreshAsync(cancellation)));

    private async ValueTask<Placed> OfAccessTokenAsync(string token, CancellationToken cancellation) =>
        FindOrganisation(token) is { } id ? await OfOrganisationAsync(id, cancellation) : Any();

    private async ValueTask<Placed> OfOrganisationAsync(OrganisationId id, CancellationToken cancellation)
    {
        if (Holding(id) is { } place)
            return place;
        await LookAgainAsync(cancellation);
        return Holding(id) ?? AnyIfAllKnown();
    }

    // Null: no database has it. Two must not both accept writes, so then none does.
    private Placed? Holding(OrganisationId id)
    {
        Place? holder = null;
        foreach (var place in places)
        {
            if (!place.Lenders.Ids.Contains(id))
                continue;
            if (holder is not null)
            {
                if (!IsMoving(id))
                    DatabasesLog.TwoHomes(logger, id.ToString(), holder.Name, place.Name);
                return Placed.Away;
            }

            holder = place;
        }

        if (holder is not null)
            return Only(holder);
        // It has left one database, and this server has not seen it at the other yet.
        return IsMoving(id) ? Placed.Away : null;
    }

    private bool IsMoving(OrganisationId id) => places.Any(place => place.Lenders.Moving.Contains(id));

    private async ValueTask<Placed> OfApiTokenAsync(string token, CancellationToken cancellation)
    {
        if (!ApiTokenSecret.IsWellFormed(token) || !TokenKey.TryOf(token, out var key))
            return Any();
        if (remembered.TryGetValue(key, out var known) && Holding(known) is { } placed)
            return placed;
        var (found, isComplete) = await AskAsync<OrganisationId>(
            async (services, stop) =>
            {
                var answer = await services.GetRequiredService<ApiTokenDirectory>().FindAsync(token, stop);
                if (answer.IsRefused && answer.Refusal.Kind == Lending.Outcomes.RefusalKind.Unavailable)
                    throw new TimeoutException(answer.Refusal.Message);
                return answer.IsRefused ? null : answer.Value.OrganisationId;
            },
            cancellation
        );
        if (found is [var (_, lender), ..])
            return await OfOrganisationAsync(Remember(key, lender), cancellation);
        return isComplete ? Any() : Placed.Away;
    }

    private async ValueTask<Placed?> OfCookieAsync(string cookie, CancellationToken cancellation)
    {
        if (cookie.Length != PageSessions.CookieLength || !TokenKey.TryOf(cookie, out var key))
            return null;
        if (remembered.TryGetValue(key, out var known) && Holding(known) is { } placed)
            return placed;
        var (found, _) = await AskAsync(
            async (services, stop) =>
                (await services.GetRequiredService<PageSessions>().FindAsync(cookie, stop))
                    ?.Session
                    .User
                    .OrganisationId,
            cancellation
        );
        return found is [var (_, lender), ..] ? await OfOrganisationAsync(Remember(key, lender), cancellation) : null;
    }

    private async ValueTask<Placed> OfFieldsAsync(
        RequestFields fields,
        HttpRequest request,
        CancellationToken cancellation
    )
    {
        if (fields.RefreshToken is { } refresh)
            return await OfSecretAsync(OfRefreshToken, refresh, cancellation);
        if (fields.Token is { } token)
            return await OfSecretAsync(OfOneTimeToken, token, cancellation);
        if (IdText.TryParse(fields.OrganisationId, "D", out OrganisationId id))
            return await OfOrganisationAsync(id, cancellation);
        if (OfHost(request) is { } host)
            return host;
        if (fields.Email is not { } email)
            return Any();
        // All are asked, whatever one says, and a database that is away is like one that does not know the address: so
        // neither the answer nor its time shows who has an account.
        var (found, _) = await AskAsync(
            (services, stop) => FindAsync(services, OfEmail, Sql.Value(email), stop),
            cancellation
        );
        return found.Count > 0 ? new Placed([.. found.Select(one => one.Place)]) : Any();
    }

    private async ValueTask<Placed> OfSecretAsync(string query, string secret, CancellationToken cancellation)
    {
        var hash = Sql.Value(RefreshSecret.HashOf(secret));
        var (found, isComplete) = await AskAsync(
            (services, stop) => FindAsync(services, query, hash.Clone(), stop),
            cancellation
        );
        if (found is [var (_, lender), ..])
            return await OfOrganisationAsync(lender, cancellation);
        // "Unknown token" would make a client sign its user out.
        return isComplete ? Any() : Placed.Away;
    }

    private static async Task<OrganisationId?> FindAsync(
        IServiceProvider services,
        string query,
        NpgsqlParameter value,
        CancellationToken cancellation
    )
    {
        await using var command = services
            .GetRequiredService<NpgsqlDataSource>()
            .CreateCommand($"select organisation_id from ({query}) found");
        command.Parameters.Add(value);
        return await command.FindIdAsync<OrganisationId>(cancellation);
    }

    // Asks every database at the same time.
    private async Task<(IReadOnlyList<(Place Place, T Found)> Found, bool IsComplete)> AskAsync<T>(
        Func<IServiceProvider, CancellationToken, Task<T?>> find,
        CancellationToken cancellation
    )
        where T : struct
    {
        var answers = await Task.WhenAll(places.Select(place => AskOneAsync(place, find, cancellation)));
        var found = new List<(Place, T)>();
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i].Found is { } one)
                found.Add((places[i], one));
        }

        return (found, Array.TrueForAll(answers, answer => answer.HasAnswered));
    }

    private static async Task<(bool HasAnswered, T? Found)> AskOneAsync<T>(
        Place place,
        Func<IServiceProvider, CancellationToken, Task<T?>> find,
        CancellationToken cancellation
    )
        where T : struct
    {
        if (place.Services is not { } services)
            return default;
        try
        {
            return (true, await find(services, cancellation));
        }
        catch (Exception exception) when (DatabaseFailures.IsAway(exception) || exception is ObjectDisposedException)
        {
            return default;
        }
    }

    private Placed? OfHost(HttpRequest request)
    {
        var host = OrganisationHosts.Normalize(request.Host.Host);
        foreach (var place in places)
        {
            if (place.Lenders.Hosts.Contains(host))
                return Only(place);
        }

        return null;
    }

    // The first that runs; it refuses the request, or answers what does not depend on a lender.
    private Placed Any()
    {
        foreach (var place in places)
        {
            if (place.Server is not null)
                return Only(place);
        }

        return Placed.Away;
    }

    private Placed AnyIfAllKnown() => places.All(place => place.IsKnown) ? Any() : Placed.Away;

    private static Placed Only(Place place) => place.Server is null ? Placed.Away : new([place]);

    private OrganisationId Remember(TokenKey key, OrganisationId lender)
    {
        if (remembered.Count >= RememberedMax)
            remembered.Clear();
        remembered[key] = lender;
        return lender;
    }

    // Requests that come together share one look, which therefore none of them may cancel.
    private Task LookAgainAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            if (looking.IsCompleted && (lookedAt == 0 || Stopwatch.GetElapsedTime(lookedAt) >= LookEvery))
            {
                lookedAt = Stopwatch.GetTimestamp();
                looking = RefreshAsync(CancellationToken.None);
            }

            return looking.WaitAsync(cancellation);
        }
    }

    // Unverified: the database that it leads to verifies the token.
    private static OrganisationId? FindOrganisation(string token)
    {
        if (token.Length > TokenLengthMax || token.Split('.') is not [_, var payload, _])
            return null;
        try
        {
            var reader = new Utf8JsonReader(Base64Url.DecodeFromChars(payload));
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("org"u8))
                    continue;
                return
                    reader.Read()
                    && reader.TokenType == JsonTokenType.String
                    && IdText.TryParse(reader.GetString(), "D", out OrganisationId id)
                    ? id
                    : null;
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            // Not a token of ours.
        }

        return null;
    }
}
