using System.Text.Json;

namespace Paydown.Client;

/// <summary>
/// The session of a client: renewed before it ends, and once where the server refuses it. Calls that need it at the
/// same time share one refresh, for a refresh token is good for one use.
/// </summary>
internal sealed class Session(Transport transport, PaydownClientOptions options)
{
    private readonly Lock gate = new();
    private PaydownSession? current;
    private Task<PaydownSession>? refreshing;

    /// <summary>The session of now; null where nobody is signed in.</summary>
    public PaydownSession? Current
    {
        get
        {
            lock (gate)
                return current;
        }
    }

    /// <summary>Goes on with another session, or with none.</summary>
    public void Set(PaydownSession? session)
    {
        lock (gate)
        {
            current = session;
            refreshing = null;
            options.SessionChanged?.Invoke(session);
        }
    }

    /// <summary>Makes a session of what the server gave.</summary>
    public PaydownSession Of(string accessToken, string refreshToken, int expiresInSeconds) =>
        new()
        {
            AccessToken = accessToken,
            RefreshToken = refreshToken,
            AccessEndsAt = options.Time.GetUtcNow().AddSeconds(expiresInSeconds),
        };

    /// <summary>A session for a call, renewed where it is about to end.</summary>
    public Task<PaydownSession?> GetAsync(CancellationToken token)
    {
        var session = Current;
        return
            session is { RefreshToken: not null, AccessEndsAt: { } end }
            && end - options.RefreshBefore <= options.Time.GetUtcNow()
            ? RenewAsync(session, token)
            : Task.FromResult(session);
    }

    /// <summary>
    /// Another session in the place of one that the server refused; the same one where there is no other.
    /// </summary>
    public async Task<PaydownSession?> RenewAsync(PaydownSession? refused, CancellationToken token)
    {
        Task<PaydownSession> renewed;
        lock (gate)
        {
            if (!ReferenceEquals(current, refused) || refused?.RefreshToken is null)
                return current;
            // For all who wait, and so not cancelled with any of them: a token spent for nothing ends the session.
            renewed = refreshing ??= Task.Run(() => RefreshAsync(refused), CancellationToken.None);
        }

        return await renewed.WaitAsync(token);
    }

    private async Task<PaydownSession> RefreshAsync(PaydownSession old)
    {
        try
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new(old.RefreshToken!), PaydownJson.Default.RefreshSecret);
            var call = transport.NewCall(Routes.RefreshToken, Routes.RefreshToken.To(), body);
            var answer = await transport.SendAsync(call, session: null, PaydownJson.Default.TokenPairAnswer, default);
            var pair = answer.Data;
            return Replace(old, Of(pair.AccessToken, pair.RefreshToken, pair.ExpiresIn));
        }
        catch (PaydownRefusedException refused) when ((int)refused.Status is 401 or 403)
        {
            Replace(old, with: null);
            throw;
        }
        finally
        {
            lock (gate)
            {
                if (ReferenceEquals(current, old))
                    refreshing = null;
            }
        }
    }

    // Whoever signed in anew meanwhile keeps that session.
    private PaydownSession Replace(PaydownSession old, PaydownSession? with)
    {
        lock (gate)
        {
            if (ReferenceEquals(current, old))
                Set(with);
        }

        return with ?? old;
    }
}
