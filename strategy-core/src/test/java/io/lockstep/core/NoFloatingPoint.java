package io.lockstep.core;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.FieldVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Type;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * That a class neither holds, takes, returns nor computes with a {@code float} or {@code double}: read from its byte code,
 * since a conversion in the middle of a method shows nowhere else. A constant {@code float} that is only handed to a map of
 * Agrona's as its load factor is no money and is left alone.
 */
final class NoFloatingPoint extends ArchCondition<JavaClass>
{
    private static final int API = Opcodes.ASM9;
    private static final String LOAD_FACTOR_OWNERS = "org/agrona/collections/";

    NoFloatingPoint()
    {
        super("be free of floating point");
    }

    @Override
    public void check(final JavaClass javaClass, final ConditionEvents events)
    {
        try (InputStream bytes = javaClass.getSource().orElseThrow().getUri().toURL().openStream())
        {
            new ClassReader(bytes).accept(new Inspector(javaClass, events), ClassReader.SKIP_FRAMES);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static boolean isFloating(final Type type)
    {
        final Type plain = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        return plain.equals(Type.DOUBLE_TYPE) || plain.equals(Type.FLOAT_TYPE);
    }

    private static boolean hasFloating(final String methodDescriptor)
    {
        return isFloating(Type.getReturnType(methodDescriptor)) ||
            Arrays.stream(Type.getArgumentTypes(methodDescriptor)).anyMatch(NoFloatingPoint::isFloating);
    }

    /** Loads, stores, arithmetic, conversions, comparisons and results; not the float constants themselves. */
    private static boolean isFloating(final int opcode)
    {
        return switch (opcode)
        {
            case Opcodes.DCONST_0, Opcodes.DCONST_1, Opcodes.FLOAD, Opcodes.DLOAD, Opcodes.FALOAD, Opcodes.DALOAD,
                Opcodes.FSTORE, Opcodes.DSTORE, Opcodes.FASTORE, Opcodes.DASTORE, Opcodes.FADD, Opcodes.DADD,
                Opcodes.FSUB,
                Opcodes.DSUB, Opcodes.FMUL, Opcodes.DMUL, Opcodes.FDIV, Opcodes.DDIV, Opcodes.FREM, Opcodes.DREM,
                Opcodes.FNEG, Opcodes.DNEG, Opcodes.I2F, Opcodes.I2D, Opcodes.L2F, Opcodes.L2D, Opcodes.F2I,
                Opcodes.F2L,
                Opcodes.F2D, Opcodes.D2I, Opcodes.D2L, Opcodes.D2F, Opcodes.FCMPL, Opcodes.FCMPG, Opcodes.DCMPL,
                Opcodes.DCMPG, Opcodes.FRETURN, Opcodes.DRETURN -> true;
            default -> false;
        };
    }

    private static final class Inspector extends ClassVisitor
    {
        private final JavaClass javaClass;
        private final ConditionEvents events;

        Inspector(final JavaClass javaClass, final ConditionEvents events)
        {
            super(API);
            this.javaClass = javaClass;
            this.events = events;
        }

        @Override
        public FieldVisitor visitField(
            final int access, final String name, final String descriptor, final String signature, final Object value)
        {
            if (isFloating(Type.getType(descriptor)) && !(value instanceof Float))
            {
                report("field " + name, 0);
            }
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
            final int access,
            final String name,
            final String descriptor,
            final String signature,
            final String[] exceptions)
        {
            if (hasFloating(descriptor))
            {
                report("signature of " + name + descriptor, 0);
            }
            return new Instructions(name);
        }

        void report(final String what, final int line)
        {
            events.add(SimpleConditionEvent.violated(
                javaClass, javaClass.getName() + ": floating point in " + what + (line > 0 ? " line " + line : "")));
        }

        private final class Instructions extends MethodVisitor
        {
            private final String method;
            private int line;

            Instructions(final String method)
            {
                super(API);
                this.method = method;
            }

            @Override
            public void visitLineNumber(final int number,
                final com.tngtech.archunit.thirdparty.org.objectweb.asm.Label at)
            {
                line = number;
            }

            @Override
            public void visitInsn(final int opcode)
            {
                reportIf(isFloating(opcode));
            }

            @Override
            public void visitVarInsn(final int opcode, final int variable)
            {
                reportIf(isFloating(opcode));
            }

            @Override
            public void visitLdcInsn(final Object value)
            {
                reportIf(value instanceof Double);
            }

            @Override
            public void visitMethodInsn(
                final int opcode, final String owner, final String name, final String descriptor,
                final boolean isInterface)
            {
                final boolean isLoadFactor = owner.startsWith(LOAD_FACTOR_OWNERS) && "<init>".equals(name);
                reportIf(!isLoadFactor && hasFloating(descriptor));
            }

            private void reportIf(final boolean violated)
            {
                if (violated)
                {
                    report(method, line);
                }
            }
        }
    }
}
