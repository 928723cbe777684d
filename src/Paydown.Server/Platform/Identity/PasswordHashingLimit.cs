using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// Limits the number of passwords that are hashed at the same time. Hashing is slow on purpose: without a limit, a
/// flood of sign-ins would take all cores from signed-in users. Known clients, which have signed in recently from the
/// same address, have a separate limit, so a flood from strangers does not delay them.
/// </summary>
public sealed class PasswordHashingLimit : IDisposable
{
    private const int WaitingMax = 64;
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    private readonly Lane strangers;
    private readonly Lane known;

    /// <summary>Creates limits that add up to the number of cores.</summary>
    public PasswordHashingLimit()
        : this(Math.Max(1, Environment.ProcessorCount / 2)) { }

    /// <summary>Creates two equal limits.</summary>
    internal PasswordHashingLimit(int atOnceMax) => (strangers, known) = (new Lane(atOnceMax), new Lane(atOnceMax));

    /// <summary>Returns true if the password is right; refused if too many requests are waiting.</summary>
    public ValueTask<Result<bool>> VerifyAsync(
        PasswordHash hash,
        string password,
        bool isKnown,
        CancellationToken token
    ) => RunAsync(() => hash.Verify(password), token, isKnown);

    /// <summary>Returns the hash of a new password; refused if too many requests are waiting.</summary>
    public ValueTask<Result<PasswordHash>> CreateAsync(string password, CancellationToken token) =>
        RunAsync(() => PasswordHash.Create(password), token);

    public void Dispose()
    {
        strangers.Dispose();
        known.Dispose();
    }

    internal async ValueTask<Result<T>> RunAsync<T>(Func<T> hash, CancellationToken token, bool isKnown = false)
        where T : notnull
    {
        var lane = isKnown ? known : strangers;
        if (!await lane.TryEnterAsync(token))
            return Refusals.ServiceUnavailable("Too many sign-ins at the same time. Try again.");
        try
        {
            // On a separate thread: those of the pool must stay free for requests that take microseconds.
            return await Task.Factory.StartNew(
                hash,
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
        }
        finally
        {
            lane.Leave();
        }
    }

    private sealed class Lane(int atOnceMax) : IDisposable
    {
        private readonly SemaphoreSlim free = new(atOnceMax);
        private int waiting;

        public void Leave() => free.Release();

        public void Dispose() => free.Dispose();

        public async ValueTask<bool> TryEnterAsync(CancellationToken token)
        {
            if (Interlocked.Increment(ref waiting) > WaitingMax)
            {
                Interlocked.Decrement(ref waiting);
                return false;
            }

            try
            {
                return await free.WaitAsync(WaitMax, token);
            }
            finally
            {
                Interlocked.Decrement(ref waiting);
            }
        }
    }
}
