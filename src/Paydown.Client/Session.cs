using System.Text.Json;

namespace Paydown.Client;

/// <summary>
/// A client's session. It is renewed before it expires, and once if the server refuses it. A refresh token works once,
/// so concurrent calls share one refresh.
/// </summary>
internal sealed class Session(Transport transport, PaydownClientOptions options)
{
    private readonly Lock gate = new();
    private PaydownSession? current = options.ApiToken is { } token ? new() { AccessToken = token } : null;
    private Task<PaydownSession>? refreshing;

    /// <summary>The current session; null if nobody is signed in.</summary>
    public PaydownSession? Current
    {
        get
        {
            lock (gate)
                return current;
        }
    }

    /// <summary>Replaces the session; null ends it.</summary>
    public void Set(PaydownSession? session)
    {
        lock (gate)
        {
            current = session;
            refreshing = null;
            options.SessionChanged?.Invoke(session);
        }
    }

    /// <summary>Creates a session from the tokens of a response.</summary>
    public PaydownSession Of(string accessToken, string refreshToken, int expiresInSeconds) =>
        new()
        {
            AccessToken = accessToken,
            RefreshToken = refreshToken,
            AccessEndsAt = options.Time.GetUtcNow().AddSeconds(expiresInSeconds),
        };

    /// <summary>Returns the session for a call, renewed if it is about to expire.</summary>
    public Task<PaydownSession?> GetAsync(CancellationToken token)
    {
        var session = Current;
        return
            session is { RefreshToken: not null, AccessEndsAt: { } end }
            && end - options.RefreshBefore <= options.Time.GetUtcNow()
            ? RenewAsync(session, token)
            : Task.FromResult(session);
    }

    /// <summary>Returns a session to replace one that the server refused; the same one if there is no other.</summary>
    public async Task<PaydownSession?> RenewAsync(PaydownSession? refused, CancellationToken token)
    {
        Task<PaydownSession> renewed;
        lock (gate)
        {
            if (!ReferenceEquals(current, refused) || refused?.RefreshToken is null)
                return current;
            // Shared by all callers, so no caller's token cancels it: a wasted refresh token would end the session.
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

    // A sign-in during the refresh keeps its own session.
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
